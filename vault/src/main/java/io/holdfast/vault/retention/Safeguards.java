package io.holdfast.vault.retention;

import io.holdfast.vault.snapshot.Snapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What holds whatever the policy says.
 *
 * @param counts which snapshots count for the floor: those known to be good
 * @param floor how many snapshots that count are kept of each group at least, the newest, if it has so many
 * @param greatestShare how much of all snapshots considered may go at once, from 0 to 1
 * @param recoveryPoint what a snapshot belongs to: as long as one of a recovery point is kept, all of it are
 * @param emptyGroups whether a group may be left without any snapshot
 * @param futureTolerance how far a snapshot may be ahead of this clock, or the place's clock differ from it, before nothing
 *     is removed
 * @param suspended why nothing is to be removed for now; null to go on
 */
public record Safeguards(
        Predicate<Snapshot> counts,
        int floor,
        double greatestShare,
        Function<Snapshot, Optional<String>> recoveryPoint,
        boolean emptyGroups,
        Duration futureTolerance,
        @Nullable String suspended) {

    /** How far clocks may differ. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    /** Every snapshot counts, one of each group is kept at least, and any share may go. */
    public static final Safeguards STANDARD =
            new Safeguards(_ -> true, 1, 1, _ -> Optional.empty(), false, CLOCK_TOLERANCE, null);

    public Safeguards {
        if (floor < 0 || greatestShare < 0 || greatestShare > 1) {
            throw new IllegalArgumentException("a floor is at least 0, and a share lies between 0 and 1");
        }
    }

    public Safeguards withFloor(int floor, Predicate<Snapshot> counts) {
        return new Safeguards(counts, floor, greatestShare, recoveryPoint, emptyGroups, futureTolerance, suspended);
    }

    public Safeguards withGreatestShare(double greatestShare) {
        return new Safeguards(counts, floor, greatestShare, recoveryPoint, emptyGroups, futureTolerance, suspended);
    }

    public Safeguards withRecoveryPoints(Function<Snapshot, Optional<String>> recoveryPoint) {
        return new Safeguards(counts, floor, greatestShare, recoveryPoint, emptyGroups, futureTolerance, suspended);
    }

    /** Allows to leave a group empty; then no floor holds. */
    public Safeguards withEmptyGroups() {
        return new Safeguards(counts, 0, greatestShare, recoveryPoint, true, futureTolerance, suspended);
    }

    public Safeguards withFutureTolerance(Duration futureTolerance) {
        return new Safeguards(counts, floor, greatestShare, recoveryPoint, emptyGroups, futureTolerance, suspended);
    }

    public Safeguards suspendedBecause(String why) {
        return new Safeguards(counts, floor, greatestShare, recoveryPoint, emptyGroups, futureTolerance, why);
    }
}
