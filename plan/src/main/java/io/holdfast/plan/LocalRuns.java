package io.holdfast.plan;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/** Turns local times that are due into instants, across the changes of a zone's offset. */
final class LocalRuns {

    private LocalRuns() {}

    /** A time that comes twice counts the first time only. */
    static Optional<Instant> firstPassAfter(Cron cron, ZoneRules rules, Instant after) {
        LocalDateTime local = cron.nextAfter(LocalDateTime.ofInstant(after, rules.getOffset(after)));
        while (local != null) {
            Instant due = firstInstant(rules, local);
            if (due.isAfter(after)) {
                return Optional.of(due);
            }
            local = cron.nextAfter(local);
        }
        return Optional.empty();
    }

    private static Instant firstInstant(ZoneRules rules, LocalDateTime local) {
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
    }

    /** A time that comes twice counts both times. */
    static Optional<Instant> everyPassAfter(Cron cron, ZoneRules rules, Instant after) {
        Instant from = after;
        LocalDateTime local = LocalDateTime.ofInstant(after, rules.getOffset(after));
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            LocalDateTime next = cron.nextAfter(local);
            if (next == null) {
                return Optional.empty();
            }
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (change == null || next.toInstant(offset).isBefore(change.getInstant())) {
                return Optional.of(next.toInstant(offset));
            }
            if (change.isGap() && !next.isAfter(change.getDateTimeAfter())) {
                return Optional.of(change.getInstant());
            }
            from = change.getInstant();
            local = justBefore(change);
        }
    }

    /** So that the time at which the new offset begins is still to come. */
    private static LocalDateTime justBefore(ZoneOffsetTransition change) {
        return change.getDateTimeAfter().minusNanos(1);
    }
}
