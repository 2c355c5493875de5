package io.holdfast.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.holdfast.console.view.StatusView;
import io.holdfast.events.Consistency;
import io.holdfast.events.Heartbeat.ServiceAlive;
import io.holdfast.events.SnapshotRef;
import io.holdfast.events.StatusRecord.ComponentStatus;
import io.holdfast.events.StatusRecord.Health;
import io.holdfast.events.StatusRecord.RegionStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How everything stands. */
record StatusAnswer(
        @Schema(description = "Whether an operator has said that the recovery sheet is kept elsewhere")
        @JsonProperty("recovery_sheet_confirmed")
        boolean recoverySheetConfirmed,

        @Schema(description = "The plan in force; 0 if there is none") @JsonProperty("plan_revision")
        long planRevision,

        @JsonProperty("open_incidents") int openIncidents,

        @Schema(description = "How many mails about open incidents did not reach whom they were for")
        @JsonProperty("undelivered_notices")
        int undeliveredNotices,

        List<Component> components,
        List<Service> services,

        @Schema(description = "Sites of the plan of which no service is alive: nothing there is backed up or restored")
        @JsonProperty("silent_sites")
        List<String> silentSites) {

    /** One component. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ComponentStatus")
    record Component(
            @Schema(example = "rag/redis") String component,
            Health health,
            @JsonProperty("last_good_at") @Nullable Instant lastGoodAt,
            @JsonProperty("last_good") @Nullable String lastGood,
            @JsonProperty("fresh_until") @Nullable Instant freshUntil,
            long files,
            long bytes,

            @Schema(description = "Of the last good snapshot; absent where it does not say") @Nullable
            Consistency consistency,

            @JsonProperty("last_failure") @Nullable String lastFailure,
            List<Region> regions,
            List<String> alerts,

            @Schema(
                    description =
                            "When the plan changed what is captured, while no good backup holds that yet; otherwise absent")
            @JsonProperty("changed_at")
            @Nullable
            Instant changedAt) {

        static Component of(ComponentStatus status) {
            SnapshotRef lastGood = status.lastGood();
            return new Component(
                    status.component().toString(),
                    status.health(),
                    status.lastGoodAt(),
                    lastGood == null ? null : lastGood.value(),
                    status.freshUntil(),
                    status.files(),
                    status.bytes(),
                    status.consistency(),
                    status.lastFailure(),
                    status.regions().stream().map(Region::of).toList(),
                    status.alerts(),
                    status.changedAt());
        }
    }

    /** A region's copy of a component. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RegionStatus")
    record Region(
            String region,
            @JsonProperty("last_good_at") @Nullable Instant lastGoodAt,
            @JsonProperty("behind_since") @Nullable Instant behindSince,
            @JsonProperty("last_failure") @Nullable String lastFailure) {

        static Region of(RegionStatus status) {
            return new Region(status.region(), status.lastGoodAt(), status.behindSince(), status.lastFailure());
        }
    }

    /** One running service. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ServiceStatus")
    record Service(
            String service,
            String instance,
            @Nullable String site,
            boolean alive,
            @JsonProperty("last_seen_at") Instant lastSeenAt,
            @JsonProperty("disk_free") @Nullable Long diskFree,
            @JsonProperty("disk_total") @Nullable Long diskTotal) {

        static Service of(ServiceAlive alive, Instant now) {
            return new Service(
                    alive.service(),
                    alive.instance(),
                    alive.site(),
                    StatusView.isAlive(alive, now),
                    alive.at(),
                    alive.diskFree(),
                    alive.diskTotal());
        }
    }
}
