package io.holdfast.monitor;

import io.holdfast.events.AlertEvent.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Copying to a region must go well, and must not lag for long. */
final class ReplicationRule {

    private ReplicationRule() {}

    static List<Finding> check(ComponentHealth health, Planned planned, Instant now, MonitorSettings settings) {
        return planned.regions().keySet().stream()
                .flatMap(
                        region -> failing(health, region)
                                .or(() -> lagging(health, planned, region, now, settings.replicationLag()))
                                .stream())
                .toList();
    }

    private static Optional<Finding> failing(ComponentHealth health, String name) {
        return Optional.ofNullable(health.region(name).failure())
                .map(failure -> finding(
                        health,
                        name,
                        "HF-A06",
                        "Copying %s to region %s fails since %s: %s %s"
                                .formatted(
                                        health.component(),
                                        name,
                                        Say.time(failure.since()),
                                        failure.code(),
                                        failure.message()),
                        failure.since()));
    }

    private static Optional<Finding> lagging(
            ComponentHealth health, Planned planned, String name, Instant now, Duration limit) {
        return Lag.since(health, planned, name, now)
                .filter(behind -> !behind.plus(limit).isAfter(now))
                .map(behind -> finding(
                        health,
                        name,
                        "HF-A07",
                        "Region %s lacks snapshots of %s since %s; %s are allowed."
                                .formatted(name, health.component(), Say.time(behind), Say.duration(limit)),
                        behind.plus(limit)));
    }

    private static Finding finding(ComponentHealth health, String name, String code, String what, Instant since) {
        return new Finding(
                "replication/" + health.component() + "/" + name,
                Severity.MEDIUM,
                name,
                code,
                Say.message(
                        what,
                        Copies.of(health),
                        "see that region %s answers, has room and accepts the plan's keys; copying goes on by itself."
                                .formatted(name)),
                since);
    }
}
