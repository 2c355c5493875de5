package io.holdfast.vault.copy;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.function.Predicate;

/**
 * What is copied into another repository, and how.
 *
 * @param wanted which snapshots of the source
 * @param compression of the data that is written
 */
public record CopySpec(Predicate<Snapshot> wanted, Compression.Level compression) {

    /** Every snapshot. */
    public static final CopySpec ALL = new CopySpec(_ -> true, Compression.Level.AUTO);

    public CopySpec withWanted(Predicate<Snapshot> which) {
        return new CopySpec(which, compression);
    }

    public CopySpec withCompression(Compression.Level level) {
        return new CopySpec(wanted, level);
    }
}
