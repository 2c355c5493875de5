package io.holdfast.vault.replica;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.crypto.SealedFiles;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.IndexFile;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.KeyId;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.KeyRing;
import io.holdfast.vault.repository.Memory;
import io.holdfast.vault.repository.Parallel;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.repository.RepositoryConfig;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares what the snapshots at a place need with what the place holds, and keeps what they need from deletion for
 * longer where the place can. Directories are read from the repository that asks, where it has them: a blob's id is its
 * content's hash, so they are the same.
 */
final class Audit {

    private final Repository asking;
    private final Repository copy;
    private final Backend place;
    private final AuditSpec spec;
    private final Parallel parallel;
    private final Memory memory = new Memory(Replicas.MEMORY_IN_MIB);
    private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());
    private final Set<Handle> sound = new LinkedHashSet<>();
    private final BlobIndex index;
    private final Map<PackId, String> unsound = new ConcurrentHashMap<>();
    private final Map<PackId, Long> listed = new HashMap<>();
    private boolean indexIsWhole = true;
    private final AtomicInteger packsRead = new AtomicInteger();
    private final AtomicLong bytesRead = new AtomicLong();

    Audit(Repository asking, Backend place, AuditSpec spec) {
        this.asking = asking;
        this.place = place;
        this.spec = spec;
        copy = Repository.of(place, asking.key(), asking.config());
        index = copy.index().current();
        parallel = new Parallel(spec.transfers());
    }

    AuditReport run() throws IOException {
        config();
        keys();
        List<Snapshot> snapshots = snapshots();
        indexFiles();
        packSizes();
        packContents();
        List<SnapshotId> complete = completeness(snapshots);
        return new AuditReport(
                place.location(), complete, index.packs().size(), packsRead.get(), bytesRead.get(), retain(), findings);
    }

    private void config() throws IOException {
        check(Handle.CONFIG, () -> RepositoryConfig.open(asking.key(), place.load(Handle.CONFIG)));
    }

    /** Every key that the asking repository has, and whatever others are there. */
    private void keys() throws IOException {
        Set<KeyId> expected = new LinkedHashSet<>(new KeyRing(asking.backend()).ids());
        KeyRing ring = new KeyRing(place);
        expected.addAll(ring.ids());
        for (KeyId id : expected) {
            check(KeyRing.handle(id), () -> SealedFiles.loadVerified(place, KeyRing.handle(id)));
        }
    }

    private List<Snapshot> snapshots() throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (SnapshotId id : copy.snapshots().ids()) {
            check(SnapshotFiles.handle(id), () -> snapshots.add(copy.snapshots().load(id)));
        }
        return snapshots;
    }

    private void indexFiles() throws IOException {
        for (Backend.Entry entry : place.list(FileType.INDEX)) {
            indexIsWhole &= check(
                    entry.handle(), () -> index.add(IndexFile.read(copy.files().load(entry.handle()))));
        }
    }

    private void packSizes() throws IOException {
        for (Backend.Entry entry : place.list(FileType.PACK)) {
            listed.put(PackId.parse(entry.handle().name()), entry.size());
        }
        for (Pack pack : index.packs()) {
            Long size = listed.get(pack.id());
            if (size == null || size != pack.size()) {
                compareSize(pack);
            }
        }
    }

    /** A listing may lag or lack something, so each pack it does not show as it should be is asked for by name. */
    private void compareSize(Pack pack) throws BackendException {
        try {
            long size = place.size(pack.handle());
            if (size != pack.size()) {
                note(Finding.Kind.WRONG_SIZE, pack.id(), "has %d bytes instead of %d".formatted(size, pack.size()));
            }
        } catch (BackendException e) {
            if (e.kind() != BackendException.Kind.NOT_FOUND) {
                throw e;
            }
            note(Finding.Kind.MISSING, pack.id(), "is missing");
        }
    }

    private void packContents() throws IOException {
        Map<PackId, Long> part = new HashMap<>();
        index.packs().forEach(pack -> part.put(pack.id(), pack.size()));
        if (!indexIsWhole) {
            // What an index file that cannot be read named is among the packs that no other names.
            listed.forEach(part::putIfAbsent);
        }
        part.keySet().removeIf(pack -> unsound.containsKey(pack) || !spec.reads(firstByte(pack)));
        PackReading reading = new PackReading(place, asking.key());
        parallel.forEach(part.entrySet(), pack -> memory.during(pack.getValue(), () -> read(reading, pack.getKey())));
    }

    private void read(PackReading reading, PackId id) throws IOException {
        Pack pack = index.pack(id);
        try {
            bytesRead.addAndGet(pack == null ? reading.load(id).length : reading.verify(pack, _ -> false));
            packsRead.incrementAndGet();
        } catch (DamagedException e) {
            note(Finding.Kind.DAMAGED, id, "is damaged: " + e.getMessage());
        }
    }

    private static int firstByte(PackId pack) {
        return Integer.parseInt(pack.toString().substring(0, 2), 16);
    }

    private void note(Finding.Kind kind, PackId pack, String how) {
        unsound.put(pack, how);
        findings.add(new Finding(kind, PackReading.handle(pack), how));
    }

    private List<SnapshotId> completeness(List<Snapshot> snapshots) throws IOException {
        TreeWalk trees = new TreeWalk(List.of(asking.trees(), copy.trees()));
        Completeness completeness = new Completeness(trees, index, unsound);
        List<SnapshotId> complete = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            Optional<String> lack = completeness.lack(snapshot.tree());
            if (lack.isEmpty()) {
                complete.add(snapshot.id());
            } else {
                findings.add(Finding.incomplete(
                        SnapshotFiles.handle(snapshot.id()), "is not complete", List.of(lack.get())));
            }
        }
        for (PackId pack : completeness.needed()) {
            Pack known = index.pack(pack);
            if (known != null) {
                sound.add(known.handle());
            }
        }
        return complete;
    }

    /** Half of the place's own retention is left at least, so an audit within that time never comes too late. */
    private int retain() throws IOException {
        Optional<Duration> retention = place.retention();
        if (retention.isEmpty()) {
            return 0;
        }
        Instant atLeast = Instant.now().plus(retention.get().dividedBy(2));
        AtomicInteger extended = new AtomicInteger();
        parallel.forEach(sound, file -> {
            try {
                if (place.retain(file, atLeast)) {
                    extended.incrementAndGet();
                }
            } catch (BackendException e) {
                if (e.kind() != BackendException.Kind.NOT_FOUND) {
                    throw e;
                }
                findings.add(new Finding(Finding.Kind.MISSING, file, "is missing"));
            }
        });
        return extended.get();
    }

    private interface Check {
        void run() throws IOException;
    }

    /** What is missing or damaged is noted, all else is sound; a place that does not answer ends the audit. */
    private boolean check(Handle file, Check check) throws IOException {
        try {
            check.run();
            sound.add(file);
            return true;
        } catch (DamagedException e) {
            findings.add(new Finding(Finding.Kind.DAMAGED, file, "is damaged: " + e.getMessage()));
        } catch (BackendException e) {
            switch (e.kind()) {
                case NOT_FOUND -> findings.add(new Finding(Finding.Kind.MISSING, file, "is missing"));
                case DAMAGED -> findings.add(new Finding(Finding.Kind.DAMAGED, file, "cannot be read"));
                case DENIED, MISCONFIGURED, FULL, RETAINED, UNREACHABLE -> throw e;
            }
        }
        return false;
    }
}
