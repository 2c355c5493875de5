package io.holdfast.vault.prune;

import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.retention.Objection;
import io.holdfast.vault.retention.Safeguards;
import io.holdfast.vault.retention.SeenSince;
import io.holdfast.vault.rewrite.Removal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deletes packs that no index names. What lies at the place is read once more for that, past any cache: whatever is not
 * as it was, or as it should be by now, is a doubt, and with a doubt nothing is deleted.
 */
final class PackDeletion {

    private final Repository place;
    private final PruneSpec spec;
    private final Instant now;
    private final Removal removal;
    private final List<String> doubts = new ArrayList<>();
    private int deleted;
    private long bytesDeleted;
    private int waiting;
    private long bytesWaiting;

    PackDeletion(Repository repository, PruneSpec spec, Instant now, Removal removal) {
        place = repository.uncached();
        this.spec = spec;
        this.now = now;
        this.removal = removal;
    }

    /**
     * Deletes what has waited long enough.
     *
     * @param before the packs that were there when the prune began
     * @param index what the index named then, and what was added since
     */
    void run(Set<SnapshotId> snapshots, Map<PackId, Long> before, BlobIndex index, UsedBlobs used) throws IOException {
        BlobIndex fresh = place.index().refresh();
        Map<PackId, Long> listed = new PackReading(place.backend(), place.key()).list();
        doubtClocks();
        doubtSnapshots(snapshots);
        doubtPacks(listed, fresh);
        doubtBlobs(index, used, fresh);
        Map<PackId, Long> unindexed = new HashMap<>(listed);
        unindexed.keySet().retainAll(before.keySet());
        fresh.packs().forEach(pack -> unindexed.remove(pack.id()));
        SeenSince memory = SeenSince.load(spec.memory());
        memory.forget(names(unindexed.keySet().stream().filter(pack -> index.pack(pack) != null)));
        memory.see(names(unindexed.keySet().stream()), now);
        for (Map.Entry<PackId, Long> pack : unindexed.entrySet()) {
            if (doubts.isEmpty() && memory.isOver(pack.getKey().toString(), spec.grace(), now)) {
                delete(pack.getKey(), pack.getValue());
            } else {
                waiting++;
                bytesWaiting += pack.getValue();
            }
        }
    }

    private static Set<String> names(Stream<PackId> packs) {
        return packs.map(PackId::toString).collect(Collectors.toSet());
    }

    /** Also where nothing is waited for: that nobody else works here is known by the age of locks. */
    private void doubtClocks() throws IOException {
        removal.lock()
                .clockDifference()
                .filter(by -> by.abs().compareTo(Safeguards.CLOCK_TOLERANCE) > 0)
                .ifPresent(by -> doubts.add(new Objection.ClocksDiffer(by).toString()));
    }

    private void doubtSnapshots(Set<SnapshotId> before) throws IOException {
        if (!new HashSet<>(place.snapshots().ids()).equals(before)) {
            doubts.add("snapshots have come or gone in spite of the lock");
        }
        if (spec.grace().isPositive()) {
            place.snapshots().all().stream()
                    .filter(snapshot ->
                            Duration.between(now, snapshot.time()).compareTo(Safeguards.CLOCK_TOLERANCE) > 0)
                    .forEach(snapshot -> doubts.add("snapshot %s lies in the future, so a clock is wrong"
                            .formatted(snapshot.id().shortForm())));
        }
    }

    private void doubtPacks(Map<PackId, Long> listed, BlobIndex fresh) {
        for (Pack pack : fresh.packs()) {
            Long size = listed.get(pack.id());
            if (size == null || size != pack.size()) {
                doubts.add("%s is in the index and not listed as it should be".formatted(pack.handle()));
            }
        }
    }

    private void doubtBlobs(BlobIndex index, UsedBlobs used, BlobIndex fresh) {
        for (Pack pack : index.packs()) {
            long lost = pack.blobs().stream()
                    .filter(blob -> used.contains(blob.key()) && !fresh.contains(blob.key()))
                    .count();
            if (lost > 0) {
                doubts.add(
                        "%d needed blobs of %s are not in the index that is there now".formatted(lost, pack.handle()));
            }
        }
    }

    private void delete(PackId pack, long size) throws IOException {
        if (removal.remove(PackReading.handle(pack))) {
            deleted++;
            bytesDeleted += size;
        }
    }

    PruneReport report(PrunePlan plan) {
        return new PruneReport(plan, deleted, bytesDeleted, waiting, bytesWaiting, removal.stayed(), doubts);
    }
}
