package io.holdfast.vault.archive;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Which archives have had their time.
 *
 * @param keep how long an archive is kept after the end of its period
 * @param floor how many archives are kept whatever their age, the newest
 * @param grace how long an archive must have been seen expired before it is dropped
 * @param memory the file on this machine that remembers since when, one for each shelf; null only where nothing is waited
 *     for
 * @param dryRun whether only to tell what would be done
 */
public record DropSpec(
        Period keep, int floor, Duration grace, @Nullable Path memory, boolean dryRun) {

    /** A clock that was wrong for a moment has been set right by then. */
    public static final Duration GRACE = Duration.ofHours(24);

    public DropSpec {
        if (keep.isNegative() || floor < 0 || grace.isNegative()) {
            throw new IllegalArgumentException("times and numbers are not negative");
        }
        if (grace.isPositive() && memory == null) {
            throw new IllegalArgumentException("a time of grace needs a file that remembers since when");
        }
    }

    /** In two runs at least a day apart, and never the newest archive. */
    public static DropSpec after(Period keep, Path memory) {
        return new DropSpec(keep, 1, GRACE, memory, false);
    }

    public DropSpec withFloor(int newest) {
        return new DropSpec(keep, newest, grace, memory, dryRun);
    }

    public DropSpec withGrace(Duration wait) {
        return new DropSpec(keep, floor, wait, memory, dryRun);
    }

    public DropSpec withDryRun(boolean only) {
        return new DropSpec(keep, floor, grace, memory, only);
    }

    /** When an archive's time is over, wherever on earth its days were counted. */
    Instant expiry(ArchiveName archive) {
        return archive.end().plus(keep).atStartOfDay(ZoneOffset.ofHours(-12)).toInstant();
    }
}
