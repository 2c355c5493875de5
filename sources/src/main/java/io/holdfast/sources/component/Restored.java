package io.holdfast.sources.component;

import io.holdfast.vault.restore.Altered;

/**
 * What was put back.
 *
 * @param written files that were made or replaced; each dump or document that a server took counts as one
 * @param unchanged those that were as in the snapshot already
 * @param deleted what the snapshot did not hold
 * @param bytes content written
 * @param altered what is back and yet not as it was
 */
public record Restored(long written, long unchanged, long deleted, long bytes, Altered altered) {

    public static final Restored NOTHING = new Restored(0, 0, 0, 0);

    /** All as it was. */
    public Restored(long written, long unchanged, long deleted, long bytes) {
        this(written, unchanged, deleted, bytes, Altered.NOTHING);
    }

    public Restored plus(Restored other) {
        return new Restored(
                written + other.written,
                unchanged + other.unchanged,
                deleted + other.deleted,
                bytes + other.bytes,
                altered.plus(other.altered));
    }
}
