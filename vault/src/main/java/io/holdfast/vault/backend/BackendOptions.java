package io.holdfast.vault.backend;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a place is used, beyond its location.
 *
 * @param bandwidth shared by every place opened with it
 * @param storageClass for packs of data, {@code STANDARD_IA} for one; everything else stays in the bucket's own class,
 *     and so does everything where this is null. A class that does not answer at once serves archives only
 * @param objectLock null to keep nothing from deletion
 * @param asOf to read the place as it was then, past later deletions, and to change nothing; null for the present
 */
public record BackendOptions(
        Bandwidth bandwidth,
        @Nullable String storageClass,
        @Nullable ObjectLock objectLock,
        @Nullable Instant asOf) {

    public BackendOptions {
        if (storageClass != null && storageClass.isBlank()) {
            throw new IllegalArgumentException("the storage class must not be empty");
        }
    }

    /** The present, the bucket's own storage class, no locks and no limits. */
    public static BackendOptions defaults() {
        return new BackendOptions(Bandwidth.unlimited(), null, null, null);
    }

    public BackendOptions withBandwidth(Bandwidth shared) {
        return new BackendOptions(shared, storageClass, objectLock, asOf);
    }

    public BackendOptions withStorageClass(@Nullable String name) {
        return new BackendOptions(bandwidth, name, objectLock, asOf);
    }

    public BackendOptions withObjectLock(@Nullable ObjectLock lock) {
        return new BackendOptions(bandwidth, storageClass, lock, asOf);
    }

    public BackendOptions withAsOf(@Nullable Instant time) {
        return new BackendOptions(bandwidth, storageClass, objectLock, time);
    }
}
