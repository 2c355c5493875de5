package io.holdfast.vault;

import io.holdfast.vault.contents.Archive;
import io.holdfast.vault.contents.ArchivePart;
import io.holdfast.vault.contents.ArchiveType;
import io.holdfast.vault.contents.Change;
import io.holdfast.vault.contents.Diff;
import io.holdfast.vault.contents.DiffTotals;
import io.holdfast.vault.contents.Entry;
import io.holdfast.vault.contents.Find;
import io.holdfast.vault.contents.FindSpec;
import io.holdfast.vault.contents.FoundBlob;
import io.holdfast.vault.contents.SnapshotTree;
import io.holdfast.vault.contents.Stats;
import io.holdfast.vault.contents.StatsMode;
import io.holdfast.vault.contents.StatsTotals;
import io.holdfast.vault.files.Patterns;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.lock.Locks;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.SnapshotPath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the snapshots of a vault hold, to be looked at without a restore. Paths are absolute within their snapshot. What is
 * read has been authenticated and hashed; damage is an exception, also after much has been given. Everything is given as
 * it is read, so memory does not grow with what there is, unless a method says so.
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
            return at.isRoot() ? Optional.empty() : Optional.of(Entry.of(at, at(id).find(at)));
        });
    }

    /** Shows what lies directly in a directory. */
    public void children(SnapshotId id, String path, Consumer<Entry> consumer) throws VaultException {
        guard.run("read a snapshot of", () -> {
            at(id).children(path(path), consumer);
            return true;
        });
    }

    /** Shows everything below a path, the path itself first, parents before children. */
    public void list(SnapshotId id, String path, Consumer<Entry> consumer) throws VaultException {
        locked("list a snapshot of", () -> at(id).list(path(path), consumer));
    }

    /** Writes a file's content to the stream, which stays open. */
    public void dump(SnapshotId id, String path, OutputStream out) throws VaultException {
        locked("read a file from", () -> at(id).dump(path(path), repository.blobs(), out));
    }

    /** Writes directories of one or several snapshots to the stream, which stays open, as one archive. */
    public void archive(List<ArchivePart> parts, ArchiveType type, OutputStream out) throws VaultException {
        locked("archive from", () -> {
            try (Archive archive = new Archive(repository.blobs(), type, out)) {
                for (ArchivePart part : parts) {
                    archive.add(at(part.snapshot()), path(part.path()), part.name());
                }
                archive.finish();
            }
        });
    }

    /** Looks for files in snapshots, one snapshot after the other. */
    public void find(List<Snapshot> snapshots, FindSpec spec, BiConsumer<Snapshot, Entry> found) throws VaultException {
        Patterns patterns = patterns(spec);
        locked("look for files in", () -> {
            for (Snapshot snapshot : snapshots) {
                Find.files(at(snapshot.id()), spec, patterns, entry -> found.accept(snapshot, entry));
            }
        });
    }

    private static Patterns patterns(FindSpec spec) throws VaultException {
        try {
            return spec.ignoresCase() ? Patterns.ignoringCase(spec.patterns()) : Patterns.of(spec.patterns());
        } catch (IllegalArgumentException e) {
            throw new VaultException(
                    VaultException.Code.REFUSED,
                    "Cannot look for files: %s. Nothing was changed. Correct it, then run it again."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /** Looks for who needs certain blobs, in one snapshot after the other. */
    public void findBlobs(List<Snapshot> snapshots, Predicate<BlobKey> wanted, BiConsumer<Snapshot, FoundBlob> found)
            throws VaultException {
        locked("look for blobs in", () -> {
            for (Snapshot snapshot : snapshots) {
                Find.blobs(
                        at(snapshot.id()), repository.index().current(), wanted, blob -> found.accept(snapshot, blob));
            }
        });
    }

    /**
     * Compares two directories, and tells what each needs that the other does not. Takes about 40 bytes for each blob.
     *
     * @param withMetadata whether a file of which only owner, mode, times or the like differ is a change
     */
    public DiffTotals diff(
            SnapshotId from,
            String fromPath,
            SnapshotId to,
            String toPath,
            boolean withMetadata,
            Consumer<Change> consumer)
            throws VaultException {
        return locked("compare snapshots of", () -> {
            SnapshotTree old = at(from);
            SnapshotTree now = at(to);
            return new Diff(repository.trees(), repository.index().current(), withMetadata, consumer)
                    .run(old, path(fromPath), now, path(toPath));
        });
    }

    /** Counts what snapshots hold. Takes some tens of bytes for each file or blob. */
    public StatsTotals stats(List<Snapshot> snapshots, StatsMode mode) throws VaultException {
        return locked("count what lies in", () -> {
            repository.index().refresh();
            Stats stats = new Stats(mode, repository.index().current());
            for (Snapshot snapshot : snapshots) {
                stats.add(at(snapshot.id()));
            }
            return stats.totals();
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    private void locked(String doing, Step step) throws VaultException {
        locked(doing, () -> {
            step.run();
            return true;
        });
    }

    /** Keeps a prune away, which would take what is being read. */
    private <T> T locked(String doing, Guard.Action<T> action) throws VaultException {
        return guard.run(doing, () -> {
            try (HeldLock _ = locks.reading()) {
                return action.run();
            }
        });
    }

    private SnapshotTree at(SnapshotId id) throws IOException {
        return new SnapshotTree(repository.trees(), tree(id));
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
