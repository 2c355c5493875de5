package io.holdfast.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.holdfast.console.view.Incident;
import io.holdfast.events.AlertEvent.Severity;
import io.holdfast.events.NoticeEvent.NoticeFailed;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An incident. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IncidentAnswer(
        String id,
        String subject,
        @Nullable Severity severity,
        String message,
        boolean open,

        @Schema(description = "The highest level of the escalation that was told")
        int level,

        @JsonProperty("opened_at") Instant openedAt,
        @JsonProperty("acknowledged_by") @Nullable String acknowledgedBy,
        @JsonProperty("acknowledged_at") @Nullable Instant acknowledgedAt,
        @JsonProperty("resolved_at") @Nullable Instant resolvedAt,

        @Schema(description = "Whom the last mail about it did not reach") @JsonProperty("not_told")
        List<NotTold> notTold) {

    /** Somebody whom the last mail did not reach. */
    record NotTold(
            String address,

            @Schema(example = "HF-N03") String code,

            String message,

            @Schema(description = "Whether it is given up, and not tried again")
            boolean permanent,

            Instant at) {

        private static NotTold of(NoticeFailed failed) {
            return new NotTold(failed.address(), failed.code(), failed.message(), failed.permanent(), failed.at());
        }
    }

    static IncidentAnswer of(Incident incident, List<NoticeFailed> notTold) {
        return new IncidentAnswer(
                incident.id().value(),
                incident.subject(),
                incident.severity(),
                incident.message(),
                incident.isOpen(),
                incident.level(),
                incident.openedAt(),
                incident.acknowledgedBy(),
                incident.acknowledgedAt(),
                incident.resolvedAt(),
                notTold.stream().map(NotTold::of).toList());
    }
}
