package io.holdfast.vault.backup;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import java.io.IOException;
import java.util.Optional;

/** What a backup has read, and is no snapshot yet. */
public final class Draft {

    private final Backup backup;
    private final Optional<Snapshot> parent;
    private final BlobId tree;
    private final Summary summary;

    Draft(Backup backup, Optional<Snapshot> parent, BlobId tree, Summary summary) {
        this.backup = backup;
        this.parent = parent;
        this.tree = tree;
        this.summary = summary;
    }

    /** It turned out not to be good: a problem of the snapshot, which is stored all the same, as one that is incomplete. */
    public void flawed(IOException how) {
        backup.flawed(how);
    }

    /** How many files were read or found unchanged; directories, links and devices do not count. */
    public long files() {
        return summary.totalFilesProcessed();
    }

    /** How many bytes these files have together. */
    public long bytes() {
        return summary.totalBytesProcessed();
    }

    Backup backup() {
        return backup;
    }

    Optional<Snapshot> parent() {
        return parent;
    }

    BlobId tree() {
        return tree;
    }

    Summary summary() {
        return summary;
    }
}
