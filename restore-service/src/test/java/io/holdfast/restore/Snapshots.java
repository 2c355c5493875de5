package io.holdfast.restore;

import io.holdfast.events.BackupId;
import io.holdfast.events.ComponentId;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.SnapshotKind;
import io.holdfast.site.SnapshotTags;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Snapshots as a vault would list them, without a vault. */
final class Snapshots {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Snapshots() {}

    static Held regular(String id, String component, String point, int hour) {
        return held(id, component, point, hour, SnapshotKind.REGULAR, null);
    }

    static Held named(String id, String component, String point, int hour, String name) {
        return held(id, component, point, hour, SnapshotKind.REGULAR, name);
    }

    /** @param id the start of the snapshot's id; zeros follow */
    static Held held(String id, String component, String point, int hour, SnapshotKind kind, @Nullable String name) {
        var componentId = new ComponentId("shop", component);
        var recoveryPoint = new RecoveryPointId(point);
        var tags = new SnapshotTags(componentId, BackupId.of(componentId, recoveryPoint), 1, recoveryPoint, kind, name);
        var snapshot = new Snapshot(
                SnapshotId.parse(id + "0".repeat(64 - id.length())),
                NOON.plus(Duration.ofHours(hour)),
                ZoneOffset.UTC,
                "here",
                "root",
                List.of("/" + componentId),
                tags.wire(),
                List.of(),
                null,
                null,
                new BlobId(new Digest(0, 0, 0, 1)),
                null,
                "holdfast");
        return new Held(snapshot, tags);
    }
}
