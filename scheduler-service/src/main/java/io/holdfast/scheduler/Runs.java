package io.holdfast.scheduler;

import io.holdfast.events.BackupKind;
import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord;
import io.holdfast.plan.RunKind;
import io.holdfast.plan.Schedule;
import io.holdfast.plan.Timetable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When one component is due; empty when it has no schedule that can be read. */
record Runs(ComponentId component, Optional<Timetable> timetable) {

    static Runs of(ComponentId component, List<PlanRecord.Schedule> planned) {
        List<Schedule> schedules = planned.stream()
                .flatMap(schedule -> read(component, schedule).stream())
                .toList();
        return new Runs(component, schedules.isEmpty() ? Optional.empty() : Optional.of(new Timetable(schedules)));
    }

    private static Optional<Schedule> read(ComponentId component, PlanRecord.Schedule planned) {
        try {
            return Optional.of(Schedule.of(
                    planned.cron(),
                    planned.zone(),
                    RunKind.valueOf(planned.kind().name()),
                    planned.jitter()));
        } catch (IllegalArgumentException e) {
            SchedulerLog.unreadableSchedule(component, planned, e);
            return Optional.empty();
        }
    }

    boolean never() {
        return timetable.isEmpty();
    }

    /** The first run after an instant. Its jitter is the stack's, so that the stack's components start together. */
    Optional<Upcoming> nextAfter(Instant after) {
        return timetable
                .flatMap(times -> times.nextAfter(after))
                .map(due -> new Upcoming(due.at(), due.schedule().startOf(component.stack(), due.at()), false));
    }

    /** The newest run due from one that is known to be due until now: what lies between was missed and is not made up. */
    Instant newestFrom(Instant due, Instant now) {
        return timetable
                .filter(times -> times.nextAfter(due)
                        .filter(next -> !next.at().isAfter(now))
                        .isPresent())
                .flatMap(times -> times.lastUpTo(now))
                .orElse(due);
    }

    /** A full run that was due since then makes the run that stands for all of them a full one. */
    BackupKind kindSince(Instant due, Instant now) {
        return timetable.stream()
                        .flatMap(times -> times.schedules().stream())
                        .filter(schedule -> schedule.kind() == RunKind.FULL)
                        .flatMap(schedule -> schedule.nextAfter(due.minusSeconds(1)).stream())
                        .anyMatch(full -> !full.isAfter(now))
                ? BackupKind.FULL
                : BackupKind.INCREMENTAL;
    }
}
