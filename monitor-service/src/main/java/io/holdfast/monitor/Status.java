package io.holdfast.monitor;

import io.holdfast.events.StatusRecord.ComponentStatus;
import io.holdfast.events.StatusRecord.Health;
import io.holdfast.events.StatusRecord.RegionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What consoles and metrics are told of a component. */
final class Status {

    private Status() {}

    /** The status; empty for a component in no plan. */
    static Optional<ComponentStatus> of(ComponentHealth health, Instant now, MonitorSettings settings) {
        return Optional.ofNullable(health.planned()).map(planned -> of(health, planned, now, settings));
    }

    private static ComponentStatus of(ComponentHealth health, Planned planned, Instant now, MonitorSettings settings) {
        GoodSnapshot newest = planned.newest(health.vault().good()).orElse(null);
        Instant changedAt = newest == null
                ? null
                : planned.changedAfter(newest).map(SourceChange::at).orElse(null);
        Failure failure = health.vault().failure();
        return new ComponentStatus(
                health.component(),
                word(health, planned, now, settings),
                newest == null ? null : newest.at(),
                newest == null ? null : newest.snapshot(),
                newest == null || changedAt != null
                        ? null
                        : newest.at().plus(planned.limit(settings.freshnessMargin())),
                newest == null ? 0 : newest.files(),
                newest == null ? 0 : newest.bytes(),
                newest == null ? null : newest.consistency(),
                failure == null ? null : failure.code() + " " + failure.message(),
                regions(health, planned, now),
                health.open().stream().map(OpenAlert::subject).sorted().toList(),
                changedAt);
    }

    private static Health word(ComponentHealth health, Planned planned, Instant now, MonitorSettings settings) {
        if (!FreshnessRule.check(health, planned, now, settings).isEmpty()) {
            return Health.UNPROTECTED;
        }
        if (planned.counted(health.vault().good()).isEmpty()) {
            return Health.WAITING;
        }
        return health.open().isEmpty() ? Health.PROTECTED : Health.DEGRADED;
    }

    private static List<RegionStatus> regions(ComponentHealth health, Planned planned, Instant now) {
        return planned.regions().keySet().stream()
                .map(name -> new RegionStatus(
                        name,
                        at(health.region(name).newest()),
                        Lag.since(health, planned, name, now).orElse(null),
                        message(health.region(name).failure())))
                .toList();
    }

    private static @Nullable Instant at(@Nullable GoodSnapshot good) {
        return good == null ? null : good.at();
    }

    private static @Nullable String message(@Nullable Failure failure) {
        return failure == null ? null : failure.code() + " " + failure.message();
    }
}
