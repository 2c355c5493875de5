package io.holdfast.sources.component;

import org.jspecify.annotations.Nullable;

/**
 * How little of a component is worth a backup. Where a disk is not mounted, or somebody emptied a directory, what is read is
 * whole, and yet none of the data.
 *
 * @param what is read, for an operator
 * @param files the fewest that must be among it
 * @param bytes the fewest that its files must have together
 */
public record Least(String what, long files, long bytes) {

    /** There may be nothing at all. */
    public static final Least NOTHING = new Least("", 0, 0);

    /** @param atLeast as the plan says it: 0 allows that nothing is there, and null that something is, of any size */
    public static Least of(String what, @Nullable Long atLeast) {
        long bytes = atLeast == null ? 0 : atLeast;
        return atLeast != null && bytes == 0 ? NOTHING : new Least(what, 1, bytes);
    }

    /**
     * Fails for what is less.
     *
     * @throws SourceException HF-Q07
     */
    public void require(long filesRead, long bytesRead) throws SourceException {
        if (filesRead < files || bytesRead < bytes) {
            throw new SourceException(
                    "HF-Q07",
                    "There is less in %s than there must be: %s, and the plan asks for %s. Earlier snapshots are safe. Look whether it is mounted, and who emptied it; if this is all that there should be, lower at-least in the plan (0B: it may be empty)."
                            .formatted(
                                    what,
                                    "%d %s of %d bytes"
                                            .formatted(filesRead, filesRead == 1 ? "file" : "files", bytesRead),
                                    bytes == 0 ? "at least one file" : "at least %d bytes".formatted(bytes)));
        }
    }
}
