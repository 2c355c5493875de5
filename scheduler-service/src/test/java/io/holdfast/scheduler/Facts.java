package io.holdfast.scheduler;

import io.holdfast.events.BackupEvent.BackupAccepted;
import io.holdfast.events.BackupEvent.BackupFailed;
import io.holdfast.events.BackupEvent.BackupRefused;
import io.holdfast.events.BackupEvent.ManifestWritten;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.BackupKind;
import io.holdfast.events.CatalogueRecord;
import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.ComponentId;
import io.holdfast.events.EventJson;
import io.holdfast.events.Identifiers;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.ProgressEvent;
import io.holdfast.events.ProgressEvent.BackupProgressed;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.Request.ManifestRequested;
import io.holdfast.events.Request.RecoveryPointRequested;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.SnapshotRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What sites, plans and people say. */
final class Facts {

    static final String STACK = "shop";
    static final String SITE = "berlin";
    static final SchedulerSettings SETTINGS = new SchedulerSettings(
            Duration.ofSeconds(1),
            Duration.ofMinutes(2),
            Duration.ofHours(6),
            Duration.ofHours(12),
            1,
            Duration.ofMinutes(5),
            Duration.ofSeconds(2));

    private static final String SOURCE = "{\"type\":\"files\"}";

    private Facts() {}

    static ComponentId id(String component) {
        return new ComponentId(STACK, component);
    }

    static ComponentPlanned planned(String component, long revision, String... crons) {
        return planned(component, revision, Duration.ZERO, crons);
    }

    static ComponentPlanned planned(String component, long revision, Duration jitter, String... crons) {
        return plannedAt(SITE, component, revision, schedules(jitter, crons));
    }

    static ComponentPlanned plannedAt(
            String site, String component, long revision, List<PlanRecord.Schedule> schedules) {
        return planned(site, component, revision, schedules, null, null);
    }

    /** As {@link #planned}, by a plan that captures what it captures since that revision. */
    static ComponentPlanned capturing(long sourceRevision, String component, long revision, String... crons) {
        return planned(SITE, component, revision, schedules(Duration.ZERO, crons), null, sourceRevision);
    }

    /** As {@link #planned}, captured together with the others of its stack. */
    static ComponentPlanned grouped(String component, long revision, String... crons) {
        return planned(SITE, component, revision, schedules(Duration.ZERO, crons), true, null);
    }

    private static List<PlanRecord.Schedule> schedules(Duration jitter, String... crons) {
        return Stream.of(crons)
                .map(cron -> new PlanRecord.Schedule(cron, "UTC", BackupKind.INCREMENTAL, jitter))
                .toList();
    }

    private static ComponentPlanned planned(
            String site,
            String component,
            long revision,
            List<PlanRecord.Schedule> schedules,
            @Nullable Boolean together,
            @Nullable Long sourceRevision) {
        var source = EventJson.read(SOURCE.getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonNode.class);
        return new ComponentPlanned(
                id(component),
                site,
                source,
                schedules,
                List.of(),
                Duration.ofDays(1),
                null,
                null,
                20,
                0,
                revision,
                together,
                sourceRevision);
    }

    /** What a request for several asks of one of them. */
    static BackupRequested partOf(BackupRequested request, String component) {
        return new BackupRequested(
                id(component),
                io.holdfast.events.BackupId.of(id(component), request.recoveryPoint()),
                request.attempt(),
                request.recoveryPoint(),
                request.kind(),
                request.name(),
                request.due(),
                request.expires(),
                null);
    }

    static ComponentCatalogued catalogued(String component, Instant readAt, Instant... takenAt) {
        return cataloguedAt(SITE, component, readAt, takenAt);
    }

    static ComponentCatalogued cataloguedAt(String site, String component, Instant readAt, Instant... takenAt) {
        List<CataloguedSnapshot> snapshots =
                Stream.of(takenAt).map(at -> snapshot(component, at)).toList();
        return new ComponentCatalogued(
                id(component), CatalogueRecord.VAULT, site, snapshots, snapshots.size(), null, readAt);
    }

    private static CataloguedSnapshot snapshot(String component, Instant at) {
        var point = new RecoveryPointId("manual");
        return new CataloguedSnapshot(
                ref(component),
                at,
                io.holdfast.events.BackupId.of(id(component), point),
                point,
                SnapshotKind.REGULAR,
                null,
                1,
                1,
                null,
                null);
    }

    static RecoveryPointRequested requested(String point, Instant expires, String... components) {
        return new RecoveryPointRequested(
                STACK,
                new RecoveryPointId(point),
                List.of(components),
                BackupKind.FULL,
                "before-upgrade",
                "operator",
                expires);
    }

    static BackupAccepted accepted(BackupRequested request) {
        return new BackupAccepted(
                request.component(), request.backup(), request.attempt(), request.recoveryPoint(), SITE);
    }

    static BackupProgressed progressed(BackupRequested request) {
        return new BackupProgressed(
                request.component(),
                request.backup(),
                request.attempt(),
                request.recoveryPoint(),
                ProgressEvent.State.RUNNING,
                1,
                1);
    }

    static SnapshotTaken taken(BackupRequested request) {
        return taken(request, request.due().plusSeconds(5));
    }

    static SnapshotTaken taken(BackupRequested request, Instant at) {
        return new SnapshotTaken(
                request.component(),
                request.backup(),
                request.attempt(),
                request.recoveryPoint(),
                SITE,
                ref(request.backup().value()),
                at,
                request.kind(),
                3,
                4_096,
                512,
                Duration.ofSeconds(2),
                null,
                null,
                null,
                null);
    }

    static BackupFailed failed(BackupRequested request) {
        return new BackupFailed(
                request.component(),
                request.backup(),
                request.attempt(),
                request.recoveryPoint(),
                SITE,
                "HF-W001",
                "the directory is missing");
    }

    static BackupRefused refused(BackupRequested request) {
        return new BackupRefused(
                request.component(),
                request.backup(),
                request.attempt(),
                request.recoveryPoint(),
                SITE,
                "HF-W002",
                "the site does not know the component");
    }

    static ManifestWritten written(ManifestRequested request) {
        return new ManifestWritten(
                request.stack(),
                request.recoveryPoint(),
                SITE,
                ref("manifest"),
                request.due().plusSeconds(60));
    }

    static SnapshotRef ref(String of) {
        String token = Identifiers.derived(of);
        return new SnapshotRef(token.repeat(4).substring(0, 64));
    }
}
