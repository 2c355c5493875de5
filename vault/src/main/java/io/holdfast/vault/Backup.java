package io.holdfast.vault;

import io.holdfast.vault.chunk.Chunker;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.Patterns;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.Self;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Node;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One backup: capture, flush, ask the guard, store the snapshot file. In that order, so a crash leaves a valid repository. */
final class Backup {

    private final Repository repository;
    private final BackupSpec spec;
    private final Progress progress;

    Backup(Repository repository, BackupSpec spec, Progress progress) {
        this.repository = repository;
        this.spec = spec;
        this.progress = progress;
    }

    BackupResult run(HeldLock lock) throws IOException {
        Instant start = Instant.now();
        VirtualTree.Directory top = VirtualTree.of(spec.roots());
        Metadata virtual = Metadata.virtualDirectory(stamp());
        Patterns excludes = new Patterns(spec.excludes());
        List<Snapshot> existing = repository.snapshots().all();
        repository.index().refresh();
        Optional<Snapshot> parent = spec.full() ? Optional.empty() : parent(existing);
        Scan.of(spec.roots(), excludes).report(progress);

        try (BlobWriter writer =
                new BlobWriter(repository.backend(), repository.key(), repository.index(), progress::packStored)) {
            return capture(start, writer, parent, excludes, top, virtual, lock);
        }
    }

    private BackupResult capture(
            Instant start,
            BlobWriter writer,
            Optional<Snapshot> parent,
            Patterns excludes,
            VirtualTree.Directory top,
            Metadata virtual,
            HeldLock lock)
            throws IOException {
        Chunker chunker = new Chunker(repository.config().polynomial());
        Capture capture = new Capture(writer, repository.trees(), chunker, excludes, progress);
        List<Node> before = capture.nodesOf(parent.map(Snapshot::tree).orElse(null));
        BlobId tree = capture.directory(top, before, virtual);
        writer.flush();

        Snapshot draft = new Snapshot(
                Snapshot.UNSTORED,
                spec.time(),
                spec.hostname(),
                spec.username(),
                spec.paths(),
                capture.problems().isEmpty() ? spec.tags() : spec.tagsIfIncomplete(),
                spec.excludes(),
                parent.map(Snapshot::id).orElse(null),
                null,
                tree,
                capture.counts().summary(start, Instant.now(), writer),
                Self.PROGRAM);
        lock.verify();
        askGuard();
        Snapshot snapshot = repository.snapshots().store(draft, Self.UID, Self.GID);
        progress.committed(snapshot.id());
        return new BackupResult(snapshot, capture.problems());
    }

    private void askGuard() throws VaultException {
        try {
            spec.commitGuard().beforeCommit();
        } catch (VaultException e) {
            throw e;
        } catch (IOException e) {
            throw new VaultException(
                    VaultException.Code.REFUSED,
                    "Cannot commit the backup: %s. No snapshot became visible; those made before are safe. Run it again if it is still wanted."
                            .formatted(Problem.reason(e)),
                    e);
        }
    }

    private Optional<Snapshot> parent(List<Snapshot> newestFirst) {
        return newestFirst.stream()
                .filter(snapshot -> snapshot.hostname().equals(spec.hostname()))
                .filter(snapshot -> snapshot.paths().equals(spec.paths()))
                .filter(snapshot -> !snapshot.time().isAfter(spec.time()))
                .findFirst();
    }

    /** The time of directories that exist in the snapshot only: it must not change while nothing else does. */
    private Instant stamp() throws IOException {
        Instant latest = Instant.MIN;
        for (Root root : spec.roots()) {
            if (root instanceof Root.Tree tree) {
                Instant mtime = mtime(tree);
                latest = mtime.isAfter(latest) ? mtime : latest;
            }
        }
        return latest.equals(Instant.MIN) ? spec.time() : latest;
    }

    private static Instant mtime(Root.Tree tree) throws VaultException {
        try {
            Path real = tree.from().toRealPath();
            if (!Files.isReadable(real)) {
                throw new AccessDeniedException(real.toString());
            }
            return Directory.stat(real).mtime();
        } catch (IOException e) {
            throw new VaultException(
                    VaultException.Code.SOURCE_MISSING,
                    "Cannot back up %s: %s. Nothing was stored. Bring it back or correct the path, then run it again."
                            .formatted(tree.from(), Problem.reason(e)),
                    e);
        }
    }
}
