package io.holdfast.vault;

import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;

/** Told how work goes on, in the working thread: return soon and throw nothing. */
public interface Progress {

    Progress NONE = new Progress() {};

    /** What lies ahead, as far as it can be known before. Called once. */
    default void scanned(long files, long bytes) {}

    /** What has been done since the last call. */
    default void advanced(long files, long bytes) {}

    /** A pack has become durable. */
    default void packStored(PackId pack) {}

    /** The snapshot has become durable and visible. */
    default void committed(SnapshotId snapshot) {}
}
