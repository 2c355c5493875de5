package io.holdfast.worker;

import io.holdfast.vault.backup.Change;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What changed during a capture, for operators. */
final class Changed {

    private static final int SHOWN = 5;

    private Changed() {}

    /** How many files, and the first of them; empty if there are none. */
    static Optional<String> text(List<Change> changes) {
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        String first = changes.stream().limit(SHOWN).map(Change::path).collect(Collectors.joining(", "));
        return Optional.of("%d %s changed or vanished while being read: %s%s"
                .formatted(
                        changes.size(),
                        changes.size() == 1 ? "file" : "files",
                        first,
                        changes.size() > SHOWN ? ", …" : ""));
    }
}
