package io.holdfast.vault.backup;

import java.io.IOException;

/** Asked before the snapshot of a backup becomes visible. */
@FunctionalInterface
public interface CommitGuard {

    CommitGuard NONE = () -> {};

    /**
     * Throws to refuse: then no snapshot is stored, what was written is left unreferenced, and the backup fails with
     * {@code REFUSED} and this exception as its cause. An unchecked exception passes through as it is.
     */
    void beforeCommit() throws IOException;
}
