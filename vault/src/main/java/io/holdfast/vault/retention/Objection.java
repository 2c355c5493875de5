package io.holdfast.vault.retention;

import io.holdfast.vault.model.SnapshotId;
import java.time.Duration;

/** Why nothing is removed at all: something looks wrong. Its text is written for an operator. */
public sealed interface Objection {

    /** The policy holds no rule, so it would keep nothing. */
    record NoPolicy() implements Objection {
        @Override
        public String toString() {
            return "no rule says what to keep";
        }
    }

    /** A group would be left without any snapshot. */
    record EmptiesGroup(Grouping.Group group) implements Objection {
        @Override
        public String toString() {
            return "nothing would be left of " + group;
        }
    }

    /** More than the allowed share of all snapshots considered would go at once. */
    record TooManyAtOnce(int removed, int considered, double greatestShare) implements Objection {
        @Override
        public String toString() {
            return "%d of %d snapshots would go at once, and at most %.0f %% may"
                    .formatted(removed, considered, 100 * greatestShare);
        }
    }

    /** A snapshot lies in the future: this clock, or the one it was taken by, is wrong. */
    record FromTheFuture(SnapshotId snapshot, Duration ahead) implements Objection {
        @Override
        public String toString() {
            return "snapshot %s is %s ahead of this clock, so one of the clocks is wrong"
                    .formatted(snapshot.shortForm(), ahead);
        }
    }

    /** The place's own clock and this one tell different times. */
    record ClocksDiffer(Duration by) implements Objection {
        @Override
        public String toString() {
            return "the clocks of this machine and of the repository's place differ by " + by;
        }
    }

    /** The place named other snapshots when it was asked a second time, although nobody else may work there. */
    record ListingsDiffer() implements Objection {
        @Override
        public String toString() {
            return "the place lists other snapshots each time it is asked, so one may be missing that others belong to";
        }
    }

    /** The caller wants nothing removed for now. */
    record Suspended(String why) implements Objection {
        @Override
        public String toString() {
            return why;
        }
    }
}
