package io.holdfast.monitor;

import io.holdfast.events.AlertEvent;
import io.holdfast.events.AlertEvent.AlertCleared;
import io.holdfast.events.StatusRecord.ComponentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a component brings: its health with what is said now remembered, and what there is to say.
 *
 * @param status the new status; null when it did not change
 * @param statusGone whether the status is to be taken away
 */
record Examination(
        ComponentHealth health,
        List<AlertEvent> alerts,
        @Nullable ComponentStatus status,
        boolean statusGone) {

    /** After an event: what is over clears, and the status follows. Nothing is raised on the way through a backlog. */
    static Examination afterEvent(ComponentHealth health, Instant now, MonitorSettings settings) {
        return cleared(health, Rules.findings(health, now, settings), now).followedByStatus(now, settings);
    }

    /** At a tick: also raises what is wrong and not yet raised. */
    static Examination atTick(ComponentHealth health, Instant now, MonitorSettings settings) {
        List<Finding> findings = Rules.findings(health, now, settings);
        return cleared(health, findings, now).raised(findings).followedByStatus(now, settings);
    }

    boolean changes(ComponentHealth before) {
        return !health.equals(before);
    }

    private static Examination cleared(ComponentHealth health, List<Finding> findings, Instant now) {
        Set<String> wrong = findings.stream().map(Finding::subject).collect(Collectors.toSet());
        var alerts = new ArrayList<AlertEvent>();
        var open = new ArrayList<OpenAlert>();
        for (OpenAlert alert : health.open()) {
            if (wrong.contains(alert.subject())) {
                open.add(alert);
            } else {
                alerts.add(new AlertCleared(alert.subject(), over(health, alert), now));
            }
        }
        return new Examination(health.with(List.copyOf(open)), List.copyOf(alerts), null, false);
    }

    private static String over(ComponentHealth health, OpenAlert alert) {
        return health.planned() == null
                ? "%s is no longer in the plan.".formatted(health.component())
                : "%s is over; it began at %s.\nSafe: %s"
                        .formatted(alert.subject(), Say.time(alert.since()), Copies.of(health));
    }

    private Examination raised(List<Finding> findings) {
        Set<String> known = health.open().stream().map(OpenAlert::subject).collect(Collectors.toSet());
        var said = new ArrayList<>(alerts);
        var open = new ArrayList<>(health.open());
        for (Finding finding : findings) {
            if (known.add(finding.subject())) {
                said.add(finding.raised(health.component()));
                open.add(new OpenAlert(finding.subject(), finding.since()));
            }
        }
        return new Examination(health.with(List.copyOf(open)), List.copyOf(said), null, false);
    }

    private Examination followedByStatus(Instant now, MonitorSettings settings) {
        ComponentStatus current = Status.of(health, now, settings).orElse(null);
        ComponentStatus published = health.published();
        boolean changed = current != null && !current.equals(published);
        boolean gone = current == null && published != null;
        return new Examination(health.published(current), alerts, changed ? current : null, gone);
    }
}
