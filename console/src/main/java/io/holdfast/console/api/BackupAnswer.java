package io.holdfast.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.holdfast.console.view.BackupsView.Listed;
import io.holdfast.console.view.ComponentBackup;
import io.holdfast.console.view.RecoveryPoint;
import io.holdfast.events.BackupId;
import io.holdfast.events.Consistency;
import io.holdfast.events.SnapshotRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A recovery point. Sizes in bytes, before deduplication. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BackupAnswer(
        String id,
        @Nullable String name,
        String stack,
        @Nullable String kind,
        RecoveryPoint.Status status,

        @Schema(
                description =
                        "How far the snapshots belong together; CRASH_CONSISTENT if one of them is. Absent where one does not say")
        @Nullable
        Consistency consistency,

        Instant due,
        @JsonProperty("requested_by") @Nullable String requestedBy,
        @Nullable String code,
        @Nullable String message,
        long files,
        long bytes,
        List<Component> components,
        Map<String, String> links) {

    /** One component's part. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "BackupComponent")
    record Component(
            String component,
            ComponentBackup.State state,
            @Nullable String backup,
            @Nullable String snapshot,
            @JsonProperty("taken_at") @Nullable Instant takenAt,
            long files,
            long bytes,
            @Nullable Consistency consistency,

            @Schema(description = "What changed or vanished while it was read, the first of it by name") @Nullable
            String changed,

            @Schema(description = "Where the snapshot lies: 'vault' or the name of a region")
            List<String> places,

            @Nullable String code,
            @Nullable String message) {

        static Component of(ComponentBackup c, List<String> places) {
            BackupId backup = c.backup();
            SnapshotRef snapshot = c.snapshot();
            return new Component(
                    c.component(),
                    c.state(),
                    backup == null ? null : backup.value(),
                    snapshot == null ? null : snapshot.value(),
                    c.takenAt(),
                    c.files(),
                    c.bytes(),
                    c.consistency(),
                    c.changed(),
                    places,
                    c.code(),
                    c.message());
        }
    }

    static BackupAnswer of(Listed listed) {
        RecoveryPoint point = listed.point();
        List<Component> components = point.components().values().stream()
                .map(c -> Component.of(c, listed.places().getOrDefault(c.component(), List.of())))
                .toList();
        String self = BackupsController.PATH + point.id();
        return new BackupAnswer(
                point.id().value(),
                point.name(),
                point.stack(),
                point.kind() == null ? null : point.kind().name().toLowerCase(Locale.ROOT),
                point.status(),
                point.consistency().orElse(null),
                point.at(),
                point.requestedBy(),
                point.code(),
                point.message(),
                components.stream().mapToLong(Component::files).sum(),
                components.stream().mapToLong(Component::bytes).sum(),
                components,
                new TreeMap<>(Map.of("self", self, "download", self + "/download")));
    }
}
