package io.holdfast.cli.repository;

import io.holdfast.vault.Cat;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backend.FileType;
import java.util.Locale;

/** The files of a repository that have ids, by restic's words. */
public enum FileKind {
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

    /** As messages and JSON name one. */
    public String singular() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As {@code list} takes it. */
    public String plural() {
        return plural;
    }

    public FileType type() {
        return type;
    }

    /** The id of the only file that has this one, or begins so. */
    public String choose(Cat cat, String start) throws VaultException {
        return start.matches("[0-9a-f]{64}") ? start : IdPrefix.choose(start, singular(), cat.names(type));
    }
}
