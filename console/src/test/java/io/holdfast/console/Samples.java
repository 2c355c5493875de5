package io.holdfast.console;

import io.holdfast.events.BackupEvent.BackupAccepted;
import io.holdfast.events.BackupEvent.BackupStarted;
import io.holdfast.events.BackupEvent.ManifestWritten;
import io.holdfast.events.BackupEvent.RecoveryPointCompleted;
import io.holdfast.events.BackupEvent.RecoveryPointOpened;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.BackupId;
import io.holdfast.events.BackupKind;
import io.holdfast.events.CatalogueRecord;
import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.Identifiers;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.PlanRecord.Schedule;
import io.holdfast.events.RecoveredComponent;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.ReplicaEvent.SnapshotReplicated;
import io.holdfast.events.Request.RecoveryPointRequested;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.SnapshotRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Events of a small stack, {@code rag}, with the components {@code files} and {@code redis}. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    public static final ComponentId REDIS = new ComponentId("rag", "redis");
    public static final ComponentId FILES = new ComponentId("rag", "files");

    private Samples() {}

    public static Envelope envelope(Event event) {
        return new Envelope("id-" + event.hashCode(), "/test", NOW, "correlation", event);
    }

    public static Instant day(int day) {
        return Instant.parse("2026-01-01T02:00:00Z").plus(Duration.ofDays(day));
    }

    public static RecoveryPointId point(String stack, int day) {
        return RecoveryPointId.scheduled(stack, day(day));
    }

    public static BackupId backup(RecoveryPointId point, String component) {
        return BackupId.of(new ComponentId("rag", component), point);
    }

    public static SnapshotRef snapshot(RecoveryPointId point, String component) {
        String digits = Identifiers.derived(point.value(), component);
        return new SnapshotRef((digits + digits + digits + digits).substring(0, 64));
    }

    public static RecoveryPointRequested requested(RecoveryPointId point, @Nullable String name, String... components) {
        return new RecoveryPointRequested(
                "rag", point, List.of(components), BackupKind.INCREMENTAL, name, "local", NOW.plusSeconds(900));
    }

    public static ComponentPlanned planned(ComponentId component) {
        return new ComponentPlanned(
                component,
                "local",
                JsonMapper.shared().createObjectNode(),
                List.of(new Schedule("@daily", "UTC", BackupKind.INCREMENTAL, Duration.ZERO)),
                List.of("north"),
                Duration.ofDays(1),
                null,
                null,
                20,
                1 << 20,
                1,
                null,
                null);
    }

    /** Requested, opened, taken, replicated in part, completed. */
    public static List<Event> wholeRun(RecoveryPointId point) {
        return List.of(
                requested(point, "nightly"),
                new RecoveryPointOpened(
                        "rag", point, List.of("files", "redis"), BackupKind.INCREMENTAL, "nightly", day(1), day(2)),
                new BackupAccepted(REDIS, backup(point, "redis"), 1, point, "local"),
                new BackupStarted(REDIS, backup(point, "redis"), 1, point, "local"),
                taken(point, REDIS),
                taken(point, FILES),
                new SnapshotReplicated(REDIS, "north", "local", snapshot(point, "redis"), day(1), 100),
                new RecoveryPointCompleted("rag", point, List.of(recovered(point, "files"), recovered(point, "redis"))),
                new ManifestWritten("rag", point, "local", snapshot(point, "manifest"), day(1)));
    }

    private static SnapshotTaken taken(RecoveryPointId point, ComponentId component) {
        return taken(point, component, day(1));
    }

    public static SnapshotTaken taken(RecoveryPointId point, ComponentId component, Instant at) {
        return new SnapshotTaken(
                component,
                backup(point, component.component()),
                1,
                point,
                "local",
                snapshot(point, component.component()),
                at,
                BackupKind.INCREMENTAL,
                3,
                1000,
                500,
                Duration.ofSeconds(2),
                null,
                null,
                null,
                null);
    }

    private static RecoveredComponent recovered(RecoveryPointId point, String component) {
        return new RecoveredComponent(
                component, backup(point, component), snapshot(point, component), day(1), 3, 1000, null);
    }

    /** What vault and region say of the same run; the manifest last. */
    public static List<Event> catalogue(RecoveryPointId point, boolean complete) {
        return List.of(
                catalogued(REDIS, CatalogueRecord.VAULT, entry(point, "redis", SnapshotKind.REGULAR, null)),
                catalogued(REDIS, "north", entry(point, "redis", SnapshotKind.REGULAR, null)),
                catalogued(FILES, CatalogueRecord.VAULT, entry(point, "files", SnapshotKind.REGULAR, null)),
                catalogued(
                        ComponentId.manifestOf("rag"),
                        CatalogueRecord.VAULT,
                        entry(point, "manifest", SnapshotKind.MANIFEST, complete)));
    }

    /** What one place says of a whole run; the manifest last. */
    public static List<Event> catalogueOf(String place, RecoveryPointId point) {
        return List.of(
                catalogued(REDIS, place, entry(point, "redis", SnapshotKind.REGULAR, null)),
                catalogued(FILES, place, entry(point, "files", SnapshotKind.REGULAR, null)),
                catalogued(
                        ComponentId.manifestOf("rag"), place, entry(point, "manifest", SnapshotKind.MANIFEST, true)));
    }

    /** A place that holds nothing of a component any more, read after everything else. */
    public static ComponentCatalogued emptied(String component, String place) {
        return new ComponentCatalogued(
                new ComponentId("rag", component), place, "local", List.of(), 0, null, NOW.plusSeconds(60));
    }

    private static ComponentCatalogued catalogued(ComponentId component, String place, CataloguedSnapshot snapshot) {
        return new ComponentCatalogued(component, place, "local", List.of(snapshot), 1, null, NOW);
    }

    private static CataloguedSnapshot entry(
            RecoveryPointId point, String component, SnapshotKind kind, @Nullable Boolean complete) {
        return new CataloguedSnapshot(
                snapshot(point, component),
                day(1),
                backup(point, component),
                point,
                kind,
                "nightly",
                3,
                1000,
                complete,
                null);
    }
}
