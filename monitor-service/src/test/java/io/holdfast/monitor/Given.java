package io.holdfast.monitor;

import io.holdfast.events.BackupEvent.BackupFailed;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.BackupId;
import io.holdfast.events.BackupKind;
import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.EventJson;
import io.holdfast.events.Identifiers;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.ReplicaEvent.ReplicationFailed;
import io.holdfast.events.ReplicaEvent.SnapshotReplicated;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.SnapshotRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Events about one component, {@code shop/db}, planned daily with one region. */
final class Given {

    static final ComponentId DB = new ComponentId("shop", "db");
    static final Instant START = Instant.parse("2026-11-01T02:00:00Z");
    static final MonitorSettings SETTINGS = new MonitorSettings(
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(24),
            Duration.ofMinutes(5));

    private Given() {}

    static ComponentPlanned planned() {
        return planned(1, null);
    }

    static ComponentPlanned planned(long revision, @Nullable Duration rpo) {
        return planned(revision, rpo, null);
    }

    /** As {@link #planned}, by a plan that captures what it captures since that revision. */
    static ComponentPlanned capturing(long sourceRevision, long revision) {
        return planned(revision, null, sourceRevision);
    }

    private static ComponentPlanned planned(long revision, @Nullable Duration rpo, @Nullable Long sourceRevision) {
        return new ComponentPlanned(
                DB,
                "home",
                JsonNodeFactory.instance.objectNode(),
                List.of(),
                List.of("north"),
                Duration.ofHours(24),
                rpo,
                null,
                20,
                1_000,
                revision,
                null,
                sourceRevision);
    }

    static SnapshotTaken taken(int number, Instant at, long bytes) {
        return takenBy(null, number, at, bytes);
    }

    /** As {@link #taken}, by a site that read this revision of the plan. */
    static SnapshotTaken takenBy(@Nullable Long planRevision, int number, Instant at, long bytes) {
        return new SnapshotTaken(
                DB,
                backup(number),
                1,
                point(number),
                "home",
                snapshot(number),
                at,
                BackupKind.FULL,
                7,
                bytes,
                1,
                Duration.ofSeconds(1),
                null,
                null,
                null,
                planRevision);
    }

    static BackupFailed failed(int number) {
        return new BackupFailed(DB, backup(number), 1, point(number), "home", "HF-S10", "the disk is full");
    }

    static SnapshotReplicated replicated(int number, Instant takenAt) {
        return new SnapshotReplicated(DB, "north", "home", snapshot(number), takenAt, 10);
    }

    static ReplicationFailed replicationFailed(Instant behindSince) {
        return new ReplicationFailed(DB, "north", "home", "HF-U01", "north does not answer", behindSince);
    }

    static ComponentCatalogued catalogued(
            String place, Instant readAt, @Nullable Instant behindSince, CataloguedSnapshot... snapshots) {
        return new ComponentCatalogued(DB, place, "home", List.of(snapshots), snapshots.length, behindSince, readAt);
    }

    static CataloguedSnapshot found(int number, Instant takenAt, SnapshotKind kind) {
        return new CataloguedSnapshot(
                snapshot(number), takenAt, backup(number), point(number), kind, null, 7, 5_000, null, null);
    }

    static SnapshotRef snapshot(int number) {
        return new SnapshotRef("%064x".formatted(number));
    }

    static BackupId backup(int number) {
        return new BackupId("backup-" + number);
    }

    static RecoveryPointId point(int number) {
        return new RecoveryPointId("point-" + number);
    }

    static Envelope envelope(Event event) {
        String id = Identifiers.derived(new String(EventJson.write(event), StandardCharsets.UTF_8));
        return new Envelope(id, "/test", START, "test", event);
    }
}
