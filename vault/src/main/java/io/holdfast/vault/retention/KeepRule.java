package io.holdfast.vault.retention;

import java.util.Comparator;
import java.util.List;

/** A reason to keep a snapshot. Each looks at the snapshots of one group, newest first. */
public sealed interface KeepRule {

    /** Instead of a number: all. */
    int ALL = -1;

    /** Every snapshot that carries all of these tags; an empty tag stands for a snapshot without any. */
    record Tagged(List<String> tags) implements KeepRule {
        public Tagged {
            tags = List.copyOf(tags);
        }
    }

    /** Every snapshot younger than this, counted from the newest that does not lie in the future. */
    record Within(Span span) implements KeepRule {}

    /** The newest snapshots. */
    record Last(int count) implements KeepRule {
        public Last {
            requireCount(count);
        }
    }

    /** The newest snapshot of each period that has one, for so many periods. */
    record Newest(Period period, int count) implements KeepRule {
        public Newest {
            requireCount(count);
        }
    }

    /** The newest snapshot of each period, as long as it is younger than this; see {@link Within}. */
    record NewestWithin(Period period, Span span) implements KeepRule {}

    /** Whether it can keep anything at all. */
    default boolean isEffective() {
        return switch (this) {
            case Tagged _ -> true;
            case Within within -> !within.span().isZero();
            case Last last -> last.count() != 0;
            case Newest newest -> newest.count() != 0;
            case NewestWithin newest -> !newest.span().isZero();
        };
    }

    /** The order in which restic names reasons. */
    Comparator<KeepRule> ORDER = Comparator.comparingInt(KeepRule::kind).thenComparing(KeepRule::period);

    private int kind() {
        return switch (this) {
            case Tagged _ -> 0;
            case Within _ -> 1;
            case Last _ -> 2;
            case Newest _ -> 3;
            case NewestWithin _ -> 4;
        };
    }

    /** The shortest for rules that know none. */
    default Period period() {
        return Period.HOURLY;
    }

    private static void requireCount(int count) {
        if (count < ALL) {
            throw new IllegalArgumentException("%d is no number of snapshots to keep".formatted(count));
        }
    }
}
