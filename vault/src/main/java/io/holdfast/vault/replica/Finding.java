package io.holdfast.vault.replica;

import io.holdfast.vault.backend.Handle;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Something that is not as it should be in a repository or a copy of it.
 *
 * @param file the file concerned
 * @param what what is wrong with it, for an operator
 */
public record Finding(Kind kind, Handle file, String what) {

    private static final int MOST_NAMED = 10;

    /** What is wrong, as far as a caller counts or decides by it. */
    public enum Kind {
        /** The file is not there. */
        MISSING,
        /** The file has another size than the index says. */
        WRONG_SIZE,
        /** The file's content is not what was written. */
        DAMAGED,
        /** The snapshot, or what is left of a lost pack, lacks something. */
        INCOMPLETE
    }

    /** Something that lacks what it needs, and the first reasons. */
    public static Finding incomplete(Handle file, String how, Collection<String> why) {
        String first = why.stream().limit(MOST_NAMED).collect(Collectors.joining("; "));
        String more = why.size() <= MOST_NAMED ? "" : "; and %d more".formatted(why.size() - MOST_NAMED);
        return new Finding(Kind.INCOMPLETE, file, how + ": " + first + more);
    }

    @Override
    public String toString() {
        return file + ": " + what;
    }
}
