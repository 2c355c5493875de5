package io.holdfast.vault.backup;

import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.feedback.RequestException;
import io.holdfast.vault.files.Directory;
import io.holdfast.vault.files.Selection;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.index.Written;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.Self;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import io.holdfast.vault.tree.Metadata;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** One backup: read, and committed once all that was read is durable. In that order, so a crash leaves a valid repository. */
final class Backup {

    private final Repository repository;
    private final BackupSpec spec;
    private final Progress progress;
    private final Findings findings;

    Backup(Repository repository, BackupSpec spec, Progress progress) {
        this.repository = repository;
        this.spec = spec;
        this.progress = progress;
        findings = new Findings(progress);
    }

    Draft read(BlobWriter writer, List<Snapshot> existing, Share share) throws IOException {
        Instant start = Instant.now();
        Written before = writer.written();
        VirtualTree.Top top = VirtualTree.of(spec.roots());
        Metadata virtual = Metadata.virtualDirectory(stamp());
        Selection selection = selection();
        Optional<Snapshot> parent = parent(existing);
        scan(parent, selection);

        Folders folders = new Folders(writer, repository.trees(), findings);
        BlobId tree;
        int threads = spec.readConcurrency() > 0 ? spec.readConcurrency() : share.threads();
        try (FileReaders readers = new FileReaders(writer, repository.config().polynomial(), findings, threads)) {
            tree = new Capture(writer, folders, readers, selection, ChangeDetection.of(spec, parent), findings)
                    .run(top, parent.map(Snapshot::tree).orElse(null), virtual);
        }
        Written written = writer.written().since(before);
        return new Draft(this, parent, tree, findings.summary(start, Instant.now(), written));
    }

    void flawed(IOException how) {
        findings.problem(Problem.of(String.join(", ", spec.paths()), how));
    }

    void packStored(PackId pack) {
        findings.packStored(pack);
    }

    /** What lies ahead is told from the parent snapshot, if there is one: a second look at everything costs time. */
    private void scan(Optional<Snapshot> parent, Selection selection) throws IOException {
        Optional<Summary> before = parent.flatMap(Snapshot::summary);
        if (before.isPresent()) {
            progress.scanned(before.get().totalFilesProcessed(), before.get().totalBytesProcessed());
        } else if (progress.wantsTotal()) {
            Scan.of(spec.roots(), selection).report(progress);
        }
    }

    /**
     * Asks the guard and stores the snapshot file. Everything that it rests on is durable by now, and the lock tells that
     * nobody has taken it away since, however long the guard took.
     */
    BackupResult commit(Draft read, HeldLock lock) throws IOException {
        Optional<Snapshot> parent = read.parent();
        BlobId tree = read.tree();
        List<Problem> problems = findings.problems();
        List<Change> changes = findings.changes();
        Snapshot draft = new Snapshot(
                Snapshot.UNSTORED,
                spec.time(),
                ZoneId.systemDefault().getRules().getOffset(spec.time()),
                spec.hostname(),
                spec.username(),
                spec.paths(),
                spec.tagging().tags(problems, changes),
                spec.excludes().patterns(),
                parent.map(Snapshot::id).orElse(null),
                null,
                tree,
                read.summary(),
                Self.PROGRAM);
        boolean unchanged = spec.has(BackupOption.SKIP_IF_UNCHANGED)
                && parent.map(Snapshot::tree).filter(tree::equals).isPresent();
        if (spec.has(BackupOption.DRY_RUN) || unchanged) {
            return new BackupResult(draft, false, problems, changes);
        }
        askGuard();
        lock.verify();
        Snapshot snapshot = repository.snapshots().store(draft, Self.UID, Self.GID);
        progress.committed(snapshot.id());
        return new BackupResult(snapshot, true, problems, changes);
    }

    private Selection selection() throws RequestException {
        try {
            return Selection.of(spec.excludes());
        } catch (IllegalArgumentException e) {
            throw new RequestException(
                    RequestException.Kind.REFUSED,
                    "Cannot back up: %s. Nothing was stored. Correct the exclude, then run it again."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private void askGuard() throws RequestException {
        try {
            spec.commitGuard().beforeCommit();
        } catch (IOException e) {
            throw new RequestException(
                    RequestException.Kind.REFUSED,
                    "Cannot commit the backup: %s. No snapshot became visible; those made before are safe. Run it again if it is still wanted."
                            .formatted(Problem.reason(e)),
                    e);
        }
    }

    private Optional<Snapshot> parent(List<Snapshot> newestFirst) throws RequestException {
        if (spec.has(BackupOption.FORCE)) {
            return Optional.empty();
        }
        Optional<SnapshotId> wanted = spec.parent();
        if (wanted.isPresent()) {
            return Optional.of(newestFirst.stream()
                    .filter(snapshot -> snapshot.id().equals(wanted.get()))
                    .findFirst()
                    .orElseThrow(() -> noParent(wanted.get())));
        }
        return newestFirst.stream()
                .filter(snapshot -> snapshot.hostname().equals(spec.hostname()))
                .filter(snapshot -> snapshot.paths().equals(spec.paths()))
                .filter(snapshot -> !snapshot.time().isAfter(spec.time()))
                .findFirst();
    }

    private RequestException noParent(SnapshotId id) {
        return new RequestException(
                RequestException.Kind.NO_SUCH_SNAPSHOT,
                "Cannot compare with snapshot %s of %s: there is none with this id. Nothing was stored. List the snapshots to see which exist, or name no parent."
                        .formatted(id.shortForm(), repository.backend().location()));
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

    private static Instant mtime(Root.Tree tree) throws RequestException {
        try {
            Path real = tree.from().toRealPath();
            if (!Files.isReadable(real)) {
                throw new AccessDeniedException(real.toString());
            }
            return Directory.stat(real).mtime();
        } catch (IOException e) {
            throw new RequestException(
                    RequestException.Kind.SOURCE_MISSING,
                    "Cannot back up %s: %s. Nothing was stored. Bring it back or correct the path, then run it again."
                            .formatted(tree.from(), Problem.reason(e)),
                    e);
        }
    }
}
