package io.holdfast.uploader;

import io.holdfast.events.ReplicaEvent.SnapshotReplicated;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.SnapshotRef;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.site.SnapshotTags;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * What is known of one copy from run to run: what it held when it was last seen, and what has arrived there since the
 * broker last listened. The copying does not wait for the broker. Used by one thread at a time.
 */
final class KnownCopy implements ReplicationListener {

    /** A snapshot that arrived, and the recovery point it belongs to. */
    private record Arrival(SnapshotReplicated event, String correlation) {}

    private final Regions.Copy copy;
    private final String site;
    private final Announcer announcer;
    private final Set<Snapshot> held = new LinkedHashSet<>();
    private final Queue<Arrival> untold = new ArrayDeque<>();
    private boolean brokerAway;

    KnownCopy(Regions.Copy copy, String site, Announcer announcer) {
        this.copy = copy;
        this.site = site;
        this.announcer = announcer;
    }

    @Override
    public void snapshotReplicated(Snapshot snapshot, long bytes, boolean wasMissing) {
        held.add(snapshot);
        SnapshotTags.of(snapshot)
                .filter(tags -> tags.kind() == SnapshotKind.REGULAR)
                .ifPresent(tags -> untold.add(new Arrival(
                        new SnapshotReplicated(
                                tags.component(),
                                copy.region(),
                                site,
                                new SnapshotRef(snapshot.id().toString()),
                                snapshot.time(),
                                bytes),
                        tags.recoveryPoint().value())));
        if (!brokerAway) {
            tellIfHeard();
        }
    }

    private void tellIfHeard() {
        try {
            tell();
        } catch (BrokerUnavailable e) {
            brokerAway = true;
        }
    }

    /**
     * Announces what has arrived and was not announced yet.
     *
     * @throws BrokerUnavailable if the broker does not take it; it is kept
     */
    void tell() {
        brokerAway = false;
        for (Arrival next = untold.peek(); next != null; next = untold.peek()) {
            announcer.announce(next.event(), next.correlation());
            untold.remove();
        }
    }

    boolean holds(Snapshot snapshot) {
        return held.contains(snapshot);
    }

    void nowHolds(List<Snapshot> snapshots) {
        held.clear();
        held.addAll(snapshots);
    }
}
