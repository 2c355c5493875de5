package io.holdfast.vault;

import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.lock.Locks;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.tree.SnapshotPath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the snapshots of a vault hold, to be looked at without a restore. Paths are absolute within their snapshot. What is
 * read has been authenticated and hashed; damage is an exception, also after the first bytes were given.
 */
public final class Contents {

    private final Repository repository;
    private final Locks locks;
    private final Guard guard;

    Contents(Repository repository, Locks locks, Guard guard) {
        this.repository = repository;
        this.locks = locks;
        this.guard = guard;
    }

    /** What lies at a path; nothing for {@code /}, which is no entry of anything. */
    public Optional<Entry> entry(SnapshotId id, String path) throws VaultException {
        return guard.run("read a snapshot of", () -> {
            SnapshotPath at = path(path);
            return at.isRoot()
                    ? Optional.empty()
                    : Optional.of(Entry.of(at, browse(id).find(at)));
        });
    }

    /** Shows what lies directly in a directory. */
    public void children(SnapshotId id, String path, Consumer<Entry> consumer) throws VaultException {
        guard.run("read a snapshot of", () -> {
            browse(id).children(path(path), consumer);
            return true;
        });
    }

    /** Shows everything below a path, the path itself first, parents before children. */
    public void list(SnapshotId id, String path, Consumer<Entry> consumer) throws VaultException {
        locked("list a snapshot of", () -> browse(id).list(path(path), consumer));
    }

    /** Writes a file's content to the stream, which stays open. */
    public void dump(SnapshotId id, String path, OutputStream out) throws VaultException {
        locked("read a file from", () -> browse(id).dump(path(path), out));
    }

    /** Writes directories of one or several snapshots to the stream, which stays open, as one archive. */
    public void archive(List<ArchivePart> parts, OutputStream out) throws VaultException {
        locked("archive from", () -> {
            TarWriter tar = new TarWriter(out);
            for (ArchivePart part : parts) {
                tar.add(browse(part.snapshot()), path(part.path()), part.prefix());
            }
            tar.finish();
        });
    }

    private interface Look {
        void run() throws IOException;
    }

    /** Keeps a prune away, which would take what is being read. */
    private void locked(String doing, Look look) throws VaultException {
        guard.run(doing, () -> {
            try (HeldLock _ = locks.shared()) {
                look.run();
                return true;
            }
        });
    }

    private Browse browse(SnapshotId id) throws IOException {
        return new Browse(repository, tree(id));
    }

    /** The snapshot's root tree, with an index that is recent enough to hold it. */
    BlobId tree(SnapshotId id) throws IOException {
        if (!repository.snapshots().ids().contains(id)) {
            throw new VaultException(
                    VaultException.Code.NO_SUCH_SNAPSHOT,
                    "Cannot use snapshot %s of %s: there is none with this id. Nothing was changed. List the snapshots to see which exist."
                            .formatted(id.shortForm(), repository.backend().location()));
        }
        BlobId tree = repository.snapshots().load(id).tree();
        repository.index().refresh();
        return tree;
    }

    static SnapshotPath path(String text) throws VaultException {
        try {
            return SnapshotPath.parse(text);
        } catch (IllegalArgumentException e) {
            throw new VaultException(
                    VaultException.Code.NO_SUCH_PATH,
                    "Cannot look into the snapshot: %s. Nothing was changed. Give an absolute path as list shows it."
                            .formatted(e.getMessage()),
                    e);
        }
    }
}
