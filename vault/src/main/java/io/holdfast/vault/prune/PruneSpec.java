package io.holdfast.vault.prune;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to prune.
 *
 * @param maxUnused how much unused data may stay
 * @param maxRepackBytes packs of at most so many bytes are repacked in one run
 * @param repackSmallerThan packs below this size are joined; 0 to judge by the sizes there are
 * @param repackCacheableOnly whether data packs are left as they are, and only packs with trees are repacked
 * @param repackUncompressed whether data that was stored uncompressed is repacked too
 * @param grace how long a pack must have been in no index before it is deleted
 * @param memory the file on this machine that remembers since when packs have been in no index; null only where nothing is
 *     waited for
 * @param dryRun whether only to tell what would be done
 */
public record PruneSpec(
        Allowance maxUnused,
        long maxRepackBytes,
        long repackSmallerThan,
        boolean repackCacheableOnly,
        boolean repackUncompressed,
        Duration grace,
        @Nullable Path memory,
        boolean dryRun) {

    /** What others that hold no lock may be at meanwhile is over by then. */
    public static final Duration GRACE = Duration.ofHours(24);

    private static final PruneSpec STANDARD =
            new PruneSpec(new Allowance.Percent(5), Long.MAX_VALUE, 0, false, false, Duration.ZERO, null, false);

    public PruneSpec {
        if (grace.isNegative() || maxRepackBytes < 0 || repackSmallerThan < 0) {
            throw new IllegalArgumentException("times and sizes are not negative");
        }
        if (grace.isPositive() && memory == null) {
            throw new IllegalArgumentException("a time of grace needs a file that remembers since when");
        }
    }

    /** As restic does it, but in two phases: packs are taken out of the index, and deleted by a prune a day later. */
    public static PruneSpec remembering(Path memory) {
        return STANDARD.withGrace(GRACE, memory);
    }

    /** As restic does it: packs are deleted at once. */
    public static PruneSpec immediately() {
        return STANDARD;
    }

    public PruneSpec withGrace(Duration grace, Path memory) {
        return new PruneSpec(
                maxUnused,
                maxRepackBytes,
                repackSmallerThan,
                repackCacheableOnly,
                repackUncompressed,
                grace,
                memory,
                dryRun);
    }

    public PruneSpec withMaxUnused(Allowance maxUnused) {
        return new PruneSpec(
                maxUnused,
                maxRepackBytes,
                repackSmallerThan,
                repackCacheableOnly,
                repackUncompressed,
                grace,
                memory,
                dryRun);
    }

    public PruneSpec withMaxRepackBytes(long maxRepackBytes) {
        return new PruneSpec(
                maxUnused,
                maxRepackBytes,
                repackSmallerThan,
                repackCacheableOnly,
                repackUncompressed,
                grace,
                memory,
                dryRun);
    }

    public PruneSpec withRepackSmallerThan(long bytes) {
        return new PruneSpec(
                maxUnused, maxRepackBytes, bytes, repackCacheableOnly, repackUncompressed, grace, memory, dryRun);
    }

    public PruneSpec withRepackCacheableOnly(boolean only) {
        return new PruneSpec(
                maxUnused, maxRepackBytes, repackSmallerThan, only, repackUncompressed, grace, memory, dryRun);
    }

    public PruneSpec withRepackUncompressed(boolean repack) {
        return new PruneSpec(
                maxUnused, maxRepackBytes, repackSmallerThan, repackCacheableOnly, repack, grace, memory, dryRun);
    }

    public PruneSpec withDryRun(boolean dryRun) {
        return new PruneSpec(
                maxUnused,
                maxRepackBytes,
                repackSmallerThan,
                repackCacheableOnly,
                repackUncompressed,
                grace,
                memory,
                dryRun);
    }
}
