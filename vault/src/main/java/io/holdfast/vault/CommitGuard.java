package io.holdfast.vault;

import java.io.IOException;

/** Asked immediately before a snapshot becomes visible. */
@FunctionalInterface
public interface CommitGuard {

    CommitGuard NONE = () -> {};

    /** Throws to refuse: then no snapshot is stored, and what was written is left as unreferenced packs. */
    void beforeCommit() throws IOException;
}
