package io.holdfast.monitor;

import io.holdfast.events.AlertEvent.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The vault's newest good snapshot must not be older than the schedule, or the RPO, allows. */
final class FreshnessRule {

    private FreshnessRule() {}

    static List<Finding> check(ComponentHealth health, Planned planned, Instant now, MonitorSettings settings) {
        Duration limit = planned.limit(settings.freshnessMargin());
        return planned.newest(health.vault().good())
                .map(newest -> stale(health, planned, newest, limit, now))
                .orElseGet(() -> neverRan(health, planned, limit, now));
    }

    private static List<Finding> stale(
            ComponentHealth health, Planned planned, GoodSnapshot newest, Duration limit, Instant now) {
        Instant since = planned.staleAt(newest, limit);
        if (now.isBefore(since)) {
            return List.of();
        }
        return List.of(planned.changedAfter(newest)
                .map(change -> finding(
                        health, "HF-A09", outdated(health, newest, change, limit), remedy(planned, health), since))
                .orElseGet(() ->
                        finding(health, "HF-A01", tooOld(health, newest, limit, now), remedy(planned, health), since)));
    }

    private static String tooOld(ComponentHealth health, GoodSnapshot newest, Duration limit, Instant now) {
        return "%s has had no good backup for %s; one is expected every %s. The last was taken at %s."
                .formatted(
                        health.component(),
                        Say.duration(Duration.between(newest.at(), now)),
                        Say.duration(limit),
                        Say.time(newest.at()));
    }

    private static String outdated(ComponentHealth health, GoodSnapshot newest, SourceChange change, Duration limit) {
        return "The plan changed what is captured of %s at %s, and no good backup of that is there yet; one is expected every %s. The last, taken at %s, holds what was captured before."
                .formatted(health.component(), Say.time(change.at()), Say.duration(limit), Say.time(newest.at()));
    }

    private static List<Finding> neverRan(ComponentHealth health, Planned planned, Duration limit, Instant now) {
        Instant since = planned.since().plus(limit);
        if (now.isBefore(since)) {
            return List.of();
        }
        String what =
                "%s has never been backed up: planned since %s, and the first good backup was expected within %s.%s"
                        .formatted(
                                health.component(),
                                Say.time(planned.since()),
                                Say.duration(limit),
                                health.vault().readAt() == null
                                        ? " Site %s has not told what its vault holds either; it may not be running."
                                                .formatted(planned.site())
                                        : "");
        return List.of(finding(health, "HF-A02", what, remedy(planned, health), since));
    }

    private static String remedy(Planned planned, ComponentHealth health) {
        return "see that the services of site %s run and the scheduler asks for backups, then run one: holdfast backup %s --component %s"
                .formatted(
                        planned.site(),
                        health.component().stack(),
                        health.component().component());
    }

    private static Finding finding(ComponentHealth health, String code, String what, String remedy, Instant since) {
        return new Finding(
                "freshness/" + health.component(),
                Severity.CRITICAL,
                null,
                code,
                Say.message(what, Copies.of(health), remedy),
                since);
    }
}
