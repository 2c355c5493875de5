package io.holdfast.monitor;

import io.holdfast.events.AlertEvent.Severity;
import java.time.Instant;
import java.util.List;

/** The last run must have ended with a snapshot. */
final class BackupFailedRule {

    private BackupFailedRule() {}

    static List<Finding> check(ComponentHealth health, Planned planned, Instant now, MonitorSettings settings) {
        Failure failure = health.vault().failure();
        if (failure == null) {
            return List.of();
        }
        return List.of(new Finding(
                "backup-failed/" + health.component(),
                Severity.HIGH,
                null,
                "HF-A05",
                Say.message(
                        "Backups of %s on site %s fail since %s: %s %s"
                                .formatted(
                                        health.component(),
                                        planned.site(),
                                        Say.time(failure.since()),
                                        failure.code(),
                                        failure.message()),
                        Copies.of(health),
                        "mend what the failure names, then run a backup: holdfast backup %s --component %s"
                                .formatted(
                                        health.component().stack(),
                                        health.component().component())),
                failure.since()));
    }
}
