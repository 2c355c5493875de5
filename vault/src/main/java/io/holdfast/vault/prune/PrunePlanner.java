package io.holdfast.vault.prune;

import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.PackBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of each pack, by restic's rules: packs of which nothing is needed go; whole ones stay; of the rest,
 * those with trees first and then those with most unused data are repacked, until little enough is unused.
 */
final class PrunePlanner {

    private static final long LEAST_PACK_SIZE = 4 * 1024 * 1024;
    private static final int SMALL_PACKS_WORTH_JOINING = 10;

    private final PruneSpec spec;
    private final boolean compresses;
    private final List<PackUse> uses;
    private final Map<PackId, Long> unindexed;
    private final long smallBelow;
    private final Set<PackId> remove = new HashSet<>();
    private final Set<PackId> repack = new HashSet<>();
    private final Set<PackId> missing = new HashSet<>();
    private final List<PackUse> small = new ArrayList<>();
    private final List<PackUse> candidates = new ArrayList<>();
    private long unusedLeft;
    private long repackBytes;

    private PrunePlanner(PruneSpec spec, boolean compresses, List<PackUse> uses, Map<PackId, Long> listed) {
        this.spec = spec;
        this.compresses = compresses;
        this.uses = uses;
        unindexed = new HashMap<>(listed);
        smallBelow = spec.repackSmallerThan() > 0 ? spec.repackSmallerThan() : smallBelow(uses);
        unusedLeft = uses.stream().mapToLong(PackUse::unusedBytes).sum();
    }

    /**
     * Plans a prune; a {@link DamagedException} when a pack of which something is needed is not as the index says.
     *
     * @param compresses whether the repository's version knows compression
     * @param uses every pack that the index names
     * @param listed every pack that is there, with its size
     */
    static PrunePlan plan(PruneSpec spec, boolean compresses, List<PackUse> uses, Map<PackId, Long> listed)
            throws DamagedException {
        return new PrunePlanner(spec, compresses, uses, listed).plan();
    }

    private PrunePlan plan() throws DamagedException {
        for (PackUse use : uses) {
            sort(use, unindexed.remove(use.id()));
        }
        if (small.size() >= SMALL_PACKS_WORTH_JOINING) {
            candidates.addAll(small);
        }
        candidates.sort(Comparator.comparing((PackUse use) -> use.kind() == PackUse.Kind.DATA)
                .thenComparing(use -> !isSmall(use))
                .thenComparing(Comparator.comparingDouble(PackUse::unusedShare).reversed())
                .thenComparing(PackUse::id));
        long used = uses.stream().mapToLong(PackUse::usedBytes).sum();
        long allowed = spec.maxUnused().bytes(used);
        candidates.forEach(use -> consider(use, allowed));
        return new PrunePlan(remove, repack, missing, unindexed.keySet(), statistics(used));
    }

    private void sort(PackUse use, @Nullable Long listed) throws DamagedException {
        if (use.isNeeded() && (listed == null || listed != use.size())) {
            throw new DamagedException(
                    "data/%s is needed and %s, so nothing may be removed; bring it back from another copy, or repair the index and then the snapshots"
                            .formatted(
                                    use.id(),
                                    listed == null
                                            ? "missing"
                                            : "has %d bytes instead of %d".formatted(listed, use.size())));
        }
        boolean mustCompress =
                compresses && use.hasUncompressed() && (use.kind() == PackUse.Kind.TREES || spec.repackUncompressed());
        if (!use.isNeeded()) {
            (listed == null ? missing : remove).add(use.id());
            unusedLeft -= use.unusedBytes();
        } else if (spec.repackCacheableOnly() && use.kind() == PackUse.Kind.DATA) {
            return;
        } else if (use.unusedBlobs() > 0 || use.kind() == PackUse.Kind.MIXED || mustCompress) {
            candidates.add(use);
        } else if (isSmall(use)) {
            small.add(use);
        }
    }

    private void consider(PackUse use, long allowed) {
        boolean isFullAlready = repackBytes + use.usedBytes() + use.unusedBytes() >= spec.maxRepackBytes();
        boolean mayStay = use.kind() == PackUse.Kind.DATA
                && !(compresses && spec.repackUncompressed() && use.hasUncompressed())
                && unusedLeft <= allowed
                && !isSmall(use);
        if (!isFullAlready && !mayStay) {
            repack.add(use.id());
            repackBytes += use.usedBytes() + use.unusedBytes();
            unusedLeft -= use.unusedBytes();
        }
    }

    private boolean isSmall(PackUse use) {
        return use.size() < smallBelow && use.usedBlobs() + use.unusedBlobs() < PackBuilder.MOST_BLOBS;
    }

    /** Four fifths of the size that nearly all packs reach: a repository of small packs is left as it is. */
    private static long smallBelow(List<PackUse> uses) {
        long[] sizes = uses.stream().mapToLong(PackUse::size).sorted().toArray();
        return sizes.length == 0 ? 0 : Math.max(LEAST_PACK_SIZE, sizes[sizes.length * 3 / 100]) * 4 / 5;
    }

    private PruneStatistics statistics(long used) {
        long duplicates = uses.stream().mapToLong(PackUse::duplicateBytes).sum();
        return new PruneStatistics(
                used,
                duplicates,
                uses.stream().mapToLong(PackUse::unusedBytes).sum() - duplicates,
                unindexed.values().stream().mapToLong(Long::longValue).sum(),
                repackBytes,
                unusedLeft,
                uses.size() - remove.size() - repack.size() - missing.size(),
                repack.size(),
                remove.size(),
                unindexed.size());
    }
}
