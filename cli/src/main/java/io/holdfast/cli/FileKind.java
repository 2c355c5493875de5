package io.holdfast.cli;

import io.holdfast.vault.Cat;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backend.FileType;
import java.util.Locale;

/** The files of a repository that have ids, by restic's words. */
enum FileKind {
    PACK("packs", FileType.PACK),
    INDEX("index", FileType.INDEX),
    SNAPSHOT("snapshots", FileType.SNAPSHOT),
    KEY("keys", FileType.KEY),
    LOCK("locks", FileType.LOCK);

    private final String plural;
    private final FileType type;

    FileKind(String plural, FileType type) {
        this.plural = plural;
        this.type = type;
    }

    String singular() {
        return name().toLowerCase(Locale.ROOT);
    }

    String plural() {
        return plural;
    }

    FileType type() {
        return type;
    }

    /** The id of the only file that has this one, or begins so. */
    String choose(Cat cat, String start) throws VaultException {
        return start.matches("[0-9a-f]{64}") ? start : IdPrefix.choose(start, singular(), cat.names(type));
    }
}
