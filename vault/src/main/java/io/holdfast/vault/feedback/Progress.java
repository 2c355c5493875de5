package io.holdfast.vault.feedback;

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

    /** Whether {@link #file} is to be told of each file; that costs the spelling of its path. */
    default boolean wantsFiles() {
        return false;
    }

    /** A file has been dealt with; in a dry run it would have been. Directories are not told of. */
    default void file(String path, FileFate fate) {}

    /** A pack has become durable. */
    default void packStored(PackId pack) {}

    /** The snapshot has become durable and visible. */
    default void committed(SnapshotId snapshot) {}
}
