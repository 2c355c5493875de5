package io.holdfast.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.holdfast.console.view.Restore;
import io.holdfast.events.SnapshotRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A restore. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RestoreAnswer(
        String id,
        String stack,

        @Schema(
                description = "EXPIRED: no site took it on in time, and none will",
                allowableValues = {"REQUESTED", "EXPIRED", "ACCEPTED", "RUNNING", "REFUSED", "FAILED", "COMPLETED"})
        String status,

        @Nullable String site,
        @JsonProperty("requested_by") @Nullable String requestedBy,
        @Nullable String reason,
        @Nullable String from,
        @JsonProperty("requested_at") Instant requestedAt,
        @JsonProperty("ended_at") @Nullable Instant endedAt,
        @Nullable String code,
        @Nullable String message,

        @Schema(description = "Which components are not back, and why; absent if all are") @Nullable
        String lacks,

        List<Component> components,
        Map<String, String> links) {

    /** One component's part; files and bytes so far. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RestoreComponent")
    record Component(
            String component,
            @Nullable String snapshot,
            @Nullable String target,

            @Schema(description = "The state that was replaced, kept as a snapshot")
            @JsonProperty("safety_snapshot")
            @Nullable
            String safetySnapshot,

            boolean restored,

            @Schema(description = "Whether the restore stopped here") @JsonProperty("stopped_here")
            boolean stoppedHere,

            long files,
            long bytes,

            @Schema(description = "What its snapshot lacks; absent if it is a good backup") @Nullable
            String lacks,

            @Schema(description = "What is back and yet not as it was, such as owners; absent if nothing is") @Nullable
            String altered) {}

    static RestoreAnswer of(Restore restore, Instant now) {
        return new RestoreAnswer(
                restore.id().value(),
                restore.stack(),
                status(restore, now),
                restore.site(),
                restore.requestedBy(),
                restore.reason(),
                restore.from(),
                restore.askedAt(),
                restore.endedAt(),
                restore.code(),
                restore.message(),
                restore.lacks(),
                restore.parts().entrySet().stream()
                        .map(part -> component(part.getKey(), part.getValue()))
                        .toList(),
                Map.of("self", RestoresController.PATH + restore.id()));
    }

    static String status(Restore restore, Instant now) {
        return restore.isExpired(now) ? "EXPIRED" : restore.state().name();
    }

    private static Component component(String name, Restore.Part part) {
        return new Component(
                name,
                wire(part.snapshot()),
                part.target(),
                wire(part.safety()),
                part.restored(),
                part.stoppedAt(),
                part.files(),
                part.bytes(),
                part.lacks(),
                part.altered());
    }

    private static @Nullable String wire(@Nullable SnapshotRef snapshot) {
        return snapshot == null ? null : snapshot.value();
    }
}
