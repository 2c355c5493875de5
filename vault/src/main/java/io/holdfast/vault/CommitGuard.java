package io.holdfast.vault;

import java.io.IOException;

/** Told how a backup goes on, and asked before its snapshot becomes visible. */
@FunctionalInterface
public interface CommitGuard {

    CommitGuard NONE = () -> {};

    /**
     * Everything was read; nothing of the sources is needed any more. What this throws is a problem of the snapshot, which
     * is stored all the same, as one that is incomplete.
     */
    default void everythingRead() throws IOException {}

    /**
     * Throws to refuse: then no snapshot is stored, what was written is left unreferenced, and the backup fails with
     * {@code REFUSED} and this exception as its cause. An unchecked exception passes through as it is.
     */
    void beforeCommit() throws IOException;
}
