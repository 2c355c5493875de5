package io.holdfast.vault;

import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;

/** Told how work goes on, by working threads, one at a time: return soon and throw nothing. */
public interface Progress {

    Progress NONE = new Progress() {
        @Override
        public boolean wantsTotal() {
            return false;
        }
    };

    /** Whether everything may be looked at first when nothing else tells how much lies ahead. */
    default boolean wantsTotal() {
        return true;
    }

    /** What lies ahead, as far as it can be known before. Called once at most. */
    default void scanned(long files, long bytes) {}

    /** What has been done since the last call. */
    default void advanced(long files, long bytes) {}

    /** A pack has become durable. */
    default void packStored(PackId pack) {}

    /** The snapshot has become durable and visible. */
    default void committed(SnapshotId snapshot) {}
}
