package io.holdfast.monitor;

import java.time.Instant;
import java.util.List;

/** The rules that every planned component is held against. */
final class Rules {

    static final List<Rule> ALL = List.of(
            FreshnessRule::check,
            RegionFreshnessRule::check,
            SizeRule::check,
            BackupFailedRule::check,
            ReplicationRule::check);

    private Rules() {}

    static List<Finding> findings(ComponentHealth health, Instant now, MonitorSettings settings) {
        Planned planned = health.planned();
        return planned == null
                ? List.of()
                : ALL.stream()
                        .flatMap(rule -> rule.check(health, planned, now, settings).stream())
                        .toList();
    }
}
