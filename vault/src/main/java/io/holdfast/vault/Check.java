package io.holdfast.vault;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobReader;
import io.holdfast.vault.index.IndexFile;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.RepositoryConfig;
import io.holdfast.vault.snapshot.SnapshotFiles;
import io.holdfast.vault.tree.Reachable;
import io.holdfast.vault.tree.Trees;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks a repository from what its files say now, not from what is in memory. All damage is collected, not only the first. */
final class Check {

    private final Repository repository;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<PackId, Pack> packs = new LinkedHashMap<>();
    private final BlobIndex index = new BlobIndex();

    Check(Repository repository) {
        this.repository = repository;
    }

    CheckReport run(CheckSpec spec) throws IOException {
        config();
        keys();
        List<SnapshotId> snapshots = repository.snapshots().ids();
        indexFiles();
        packSizes();
        structure(snapshots);
        long bytesRead = spec.readData() ? packContents() : 0;
        return new CheckReport(snapshots.size(), packs.size(), index.size(), bytesRead, problems, notes);
    }

    private void config() throws IOException {
        try {
            RepositoryConfig.open(repository.key(), repository.backend().load(Handle.CONFIG));
        } catch (DamagedException e) {
            problems.add(new Problem("config", Problem.reason(e)));
        }
    }

    private void keys() throws IOException {
        for (Backend.Entry entry : repository.backend().list(FileType.KEY)) {
            attempt(
                    entry.handle(),
                    () -> KeyFile.label(SealedFiles.loadVerified(repository.backend(), entry.handle())));
        }
    }

    private void indexFiles() throws IOException {
        for (Backend.Entry entry : repository.backend().list(FileType.INDEX)) {
            attempt(entry.handle(), () -> {
                List<Pack> named = IndexFile.read(repository.files().load(entry.handle()));
                for (Pack pack : named) {
                    addPack(pack);
                }
                index.add(named);
            });
        }
    }

    private void addPack(Pack pack) {
        Pack before = packs.putIfAbsent(pack.id(), pack);
        if (before != null && !before.equals(pack)) {
            problems.add(new Problem(
                    PackReading.handle(pack.id()).toString(), "two index files say different things about it"));
        }
        boolean trees = pack.blobs().stream().anyMatch(blob -> blob.key().type() == BlobType.TREE);
        boolean data = pack.blobs().stream().anyMatch(blob -> blob.key().type() == BlobType.DATA);
        if (trees && data) {
            notes.add("%s holds both data and trees".formatted(PackReading.handle(pack.id())));
        }
    }

    private void packSizes() throws BackendException {
        Map<PackId, Long> listed = new HashMap<>();
        for (Backend.Entry entry : repository.backend().list(FileType.PACK)) {
            listed.put(PackId.parse(entry.handle().name()), entry.size());
        }
        for (Pack pack : packs.values()) {
            Long size = listed.remove(pack.id());
            String name = PackReading.handle(pack.id()).toString();
            if (size == null) {
                problems.add(new Problem(name, "is missing"));
            } else if (size != pack.size()) {
                problems.add(new Problem(name, "has %d bytes instead of %d".formatted(size, pack.size())));
            }
        }
        if (!listed.isEmpty()) {
            notes.add("%d packs are in no index; a backup that was broken off leaves such".formatted(listed.size()));
        }
    }

    private void structure(List<SnapshotId> snapshots) throws IOException {
        SnapshotFiles files = new SnapshotFiles(repository.backend(), repository.files());
        BlobReader blobs = new BlobReader(repository.backend(), repository.key(), () -> index);
        Reachable reachable =
                new Reachable(new Trees(blobs), e -> problems.add(new Problem("tree", Problem.reason(e))));
        for (SnapshotId id : snapshots) {
            attempt(SnapshotFiles.handle(id), () -> reachable.add(files.load(id).tree()));
        }
        for (BlobKey key : reachable.all()) {
            if (key.type() == BlobType.DATA && !index.contains(key)) {
                problems.add(new Problem(key.id().toString(), "is needed by a snapshot and in no index"));
            }
        }
    }

    private long packContents() throws IOException {
        PackReading reading = new PackReading(repository.backend(), repository.key());
        long[] bytes = {0};
        for (Pack pack : packs.values()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted");
            }
            attempt(PackReading.handle(pack.id()), () -> bytes[0] += reading.verify(pack, _ -> true));
        }
        return bytes[0];
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Damage is noted; anything else, as a place that does not answer, ends the check. */
    private void attempt(Handle on, Step step) throws IOException {
        try {
            step.run();
        } catch (DamagedException e) {
            problems.add(new Problem(on.toString(), Problem.reason(e)));
        } catch (BackendException e) {
            if (e.kind() != BackendException.Kind.NOT_FOUND && e.kind() != BackendException.Kind.DAMAGED) {
                throw e;
            }
            problems.add(new Problem(on.toString(), Problem.reason(e)));
        }
    }
}
