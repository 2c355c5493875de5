package io.holdfast.vault.archive;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.retention.Objection;
import io.holdfast.vault.retention.Safeguards;
import io.holdfast.vault.rewrite.Removal;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Deletes an archive whose time is over, under its exclusive lock: snapshots first, the config last. Cut off anywhere, what
 * is left is a valid repository of fewer snapshots, and the next run goes on.
 */
final class Drop {

    /** The config goes when all of these have gone. */
    private static final List<FileType> ORDER = List.of(FileType.SNAPSHOT, FileType.INDEX, FileType.PACK, FileType.KEY);

    private final ArchiveName name;
    private final Repository archive;
    private final HeldLock lock;
    private final Instant now;
    private final List<String> doubts = new ArrayList<>();

    Drop(ArchiveName name, Repository archive, HeldLock lock, Instant now) {
        this.name = name;
        this.archive = archive;
        this.lock = lock;
        this.now = now;
    }

    ArchiveFate run(boolean dryRun) throws IOException {
        Map<Handle, Long> files = list();
        doubtClock();
        doubtListing(files);
        doubtSnapshots(files);
        if (!doubts.isEmpty()) {
            return new ArchiveFate.Refused(name, doubts);
        }
        return dryRun ? new ArchiveFate.Planned(name) : delete(files);
    }

    private ArchiveFate delete(Map<Handle, Long> files) throws IOException {
        Removal removal = new Removal(archive.backend(), lock);
        for (FileType type : ORDER) {
            for (Handle file : files.keySet()) {
                if (file.type() == type) {
                    removal.remove(file);
                }
            }
            if (!removal.stayed().isEmpty()) {
                return new ArchiveFate.Held(name, removal.stayed());
            }
        }
        Map<Handle, Long> left = list();
        if (!left.isEmpty()) {
            return new ArchiveFate.Refused(
                    name, List.of("%d files have come while it was dropped".formatted(left.size())));
        }
        removal.remove(Handle.CONFIG);
        if (!removal.stayed().isEmpty()) {
            return new ArchiveFate.Held(name, removal.stayed());
        }
        return new ArchiveFate.Dropped(
                name,
                removal.removed().size(),
                files.values().stream().mapToLong(Long::longValue).sum());
    }

    private Map<Handle, Long> list() throws BackendException {
        Map<Handle, Long> files = new HashMap<>();
        for (FileType type : ORDER) {
            for (Backend.Entry entry : archive.backend().list(type)) {
                files.put(entry.handle(), entry.size());
            }
        }
        return files;
    }

    private void doubtClock() throws IOException {
        lock.clockDifference()
                .filter(by -> by.abs().compareTo(Safeguards.CLOCK_TOLERANCE) > 0)
                .ifPresent(by -> doubts.add(new Objection.ClocksDiffer(by).toString()));
    }

    private void doubtListing(Map<Handle, Long> files) throws BackendException {
        if (!list().equals(files)) {
            doubts.add("two listings of the same files differ");
        }
    }

    /** Once the last snapshot has gone, what is left of an earlier run needs no reason to go. */
    private void doubtSnapshots(Map<Handle, Long> files) throws IOException {
        boolean any = false;
        for (Handle file : files.keySet()) {
            if (file.type() == FileType.SNAPSHOT) {
                any = true;
                doubt(file);
            }
        }
        if (any) {
            doubtPacks(files);
        }
    }

    private void doubt(Handle file) throws IOException {
        try {
            Snapshot snapshot = archive.snapshots().load(SnapshotId.parse(file.name()));
            if (!name.holds(snapshot)) {
                doubts.add("%s was taken at %s, which is not in this period".formatted(file, snapshot.localTime()));
            }
            if (Duration.between(now, snapshot.time()).compareTo(Safeguards.CLOCK_TOLERANCE) > 0) {
                doubts.add("%s lies in the future, so a clock is wrong".formatted(file));
            }
        } catch (DamagedException e) {
            doubts.add(String.valueOf(e.getMessage()));
        }
    }

    private void doubtPacks(Map<Handle, Long> files) throws IOException {
        try {
            for (Pack pack : archive.index().refresh().packs()) {
                Long size = files.get(pack.handle());
                if (size == null || size != pack.size()) {
                    doubts.add("%s is in the index and not listed as it should be".formatted(pack.handle()));
                }
            }
        } catch (DamagedException e) {
            doubts.add(String.valueOf(e.getMessage()));
        }
    }
}
