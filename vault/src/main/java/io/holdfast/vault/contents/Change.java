package io.holdfast.vault.contents;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has become of a file between two snapshots.
 *
 * @param path with a slash at its end for a directory
 * @param kinds in the order of their declaration
 */
public record Change(String path, Set<Kind> kinds) {

    /** Kinds of change, with restic's letters. */
    public enum Kind {
        ADDED('+'),
        REMOVED('-'),
        /** It is another kind of file. */
        TYPE('T'),
        CONTENT('M'),
        /** The content has changed though nothing else has: something may be wrong with the disk. */
        CONTENT_ALONE('?'),
        METADATA('U');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    /** As restic spells it: {@code +}, {@code M}, {@code TU}. */
    public String letters() {
        return kinds.stream().sorted().map(kind -> String.valueOf(kind.letter)).collect(Collectors.joining());
    }
}
