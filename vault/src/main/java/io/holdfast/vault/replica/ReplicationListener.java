package io.holdfast.vault.replica;

import io.holdfast.vault.model.PackId;
import io.holdfast.vault.snapshot.Snapshot;

/** Told how a replication goes on, by one thread at a time, while others work on: return soon and throw nothing. */
public interface ReplicationListener {

    ReplicationListener NONE = new ReplicationListener() {};

    /** A pack has become durable in the target. */
    default void packReplicated(PackId pack, long bytes) {}

    /**
     * The snapshot is complete and durable in the target. Told of every snapshot that was missing or had lost something.
     *
     * @param bytes sent for it, packs that an earlier snapshot needed too left out
     * @param wasMissing false when the snapshot file was there and lost packs were filled in again
     */
    default void snapshotReplicated(Snapshot snapshot, long bytes, boolean wasMissing) {}
}
