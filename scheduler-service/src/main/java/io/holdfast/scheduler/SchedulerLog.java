package io.holdfast.scheduler;

import io.holdfast.events.ComponentId;
import io.holdfast.events.Event;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.RecoveryPointId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the scheduler tells the log. */
final class SchedulerLog {

    private static final Logger log = LoggerFactory.getLogger("io.holdfast.scheduler");

    private SchedulerLog() {}

    static void unreadableSchedule(ComponentId component, PlanRecord.Schedule schedule, RuntimeException cause) {
        log.error(
                "HF-B06 The schedule '{}' in zone '{}' of {} cannot be read: {}. The component is not backed up by it; its other schedules and backups on demand work. Correct the plan and publish it.",
                schedule.cron(),
                schedule.zone(),
                component,
                cause.getMessage());
    }

    static void stackTooLarge(ComponentId component, int most) {
        log.error(
                "HF-B07 The component {} is not scheduled: its stack has {} components already, the most a stack can have. The others are not affected. Divide the stack in the plan and publish it.",
                component,
                most);
    }

    static void manifestNotWritten(String stack, RecoveryPointId id) {
        log.warn(
                "HF-B08 The manifest of recovery point {} of stack {} was not written in time. Its snapshots are safe and can be restored one by one. See whether the stack's site is up.",
                id,
                stack);
    }

    static void failedOn(String stack, Event event, RuntimeException cause) {
        log.error(
                "HF-B09 The scheduler could not take in the event {} of stack {} and goes on without it. Other events are not affected. This is a defect: please report it.",
                event.key(),
                stack,
                cause);
    }

    static void failedOnTime(String stack, RuntimeException cause) {
        log.error(
                "HF-B10 The scheduler could not look for what is due in stack {} and tries again in a minute. Other stacks are not affected. This is a defect: please report it.",
                stack,
                cause);
    }

    static void unreadablePoint(String stack, RecoveryPointId id, RuntimeException cause) {
        log.warn(
                "HF-B11 The state of recovery point {} of stack {} cannot be read, as another version of Holdfast wrote it: {}. It is let go: nothing tells of it any more, and it gets no manifest. What was captured is safe and can be restored by component. Ask for another with: holdfast backup",
                id,
                stack,
                cause.getMessage());
    }
}
