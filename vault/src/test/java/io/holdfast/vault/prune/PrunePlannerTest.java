package io.holdfast.vault.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.PackBuilder;
import io.holdfast.vault.prune.PackUse.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrunePlannerTest {

    private static final int LARGE = 16_000_000;
    private static final PruneSpec NOTHING_UNUSED = PruneSpec.immediately().withMaxUnused(new Allowance.Bytes(0));

    private final List<PackUse> uses = new ArrayList<>();
    private final Map<PackId, Long> listed = new HashMap<>();

    @Test
    void removesUnneededKeepsWholeAndRepacksTheRest() throws DamagedException {
        PackId unneeded = pack(Kind.DATA, LARGE, 0);
        PackId whole = pack(Kind.DATA, LARGE, LARGE);
        PackId half = pack(Kind.DATA, LARGE, LARGE / 2);
        PrunePlan plan = plan(NOTHING_UNUSED);
        assertThat(plan.remove()).containsExactly(unneeded);
        assertThat(plan.repack()).containsExactly(half).doesNotContain(whole);
        assertThat(plan.statistics().unusedBytesAfter()).isZero();
    }

    @Test
    void beginsWithTheLeastNeededAndStopsWhenLittleEnoughIsUnused() throws DamagedException {
        PackId little = pack(Kind.DATA, LARGE, LARGE - 1000);
        PackId most = pack(Kind.DATA, LARGE, LARGE / 10);
        PackId half = pack(Kind.DATA, LARGE, LARGE / 2);
        assertThat(plan(PruneSpec.immediately()).repack()).containsExactlyInAnyOrder(most, half);
        assertThat(plan(PruneSpec.immediately().withMaxUnused(new Allowance.Bytes(LARGE)))
                        .repack())
                .containsExactly(most);
        assertThat(plan(PruneSpec.immediately().withMaxUnused(new Allowance.Unlimited()))
                        .repack())
                .isEmpty();
        assertThat(plan(NOTHING_UNUSED).repack()).containsExactlyInAnyOrder(most, half, little);
    }

    @Test
    void repacksTreesWhateverIsAllowed() throws DamagedException {
        PackId trees = pack(Kind.TREES, LARGE, LARGE - 1000);
        PackId mixed = pack(Kind.MIXED, LARGE, LARGE);
        pack(Kind.DATA, LARGE, LARGE / 2);
        PruneSpec unlimited = PruneSpec.immediately().withMaxUnused(new Allowance.Unlimited());
        assertThat(plan(unlimited).repack()).containsExactlyInAnyOrder(trees, mixed);
        assertThat(plan(NOTHING_UNUSED.withRepackCacheableOnly(true)).repack()).containsExactlyInAnyOrder(trees, mixed);
        assertThat(plan(NOTHING_UNUSED.withMaxRepackBytes(2L * LARGE)).repack()).hasSize(1);
    }

    @Test
    void joinsSmallPacksOnlyWhenThereAreMany() throws DamagedException {
        for (int i = 0; i < 9; i++) {
            pack(Kind.DATA, 100_000, 100_000);
        }
        pack(Kind.DATA, LARGE, LARGE);
        assertThat(plan(PruneSpec.immediately()).repack()).isEmpty();
        pack(Kind.DATA, 100_000, 100_000);
        assertThat(plan(PruneSpec.immediately()).repack()).hasSize(10);
        assertThat(plan(PruneSpec.immediately().withRepackSmallerThan(50_000)).repack())
                .isEmpty();
        assertThat(plan(PruneSpec.immediately().withRepackSmallerThan(2 * LARGE))
                        .repack())
                .hasSize(11);
    }

    @Test
    void leavesPacksThatHoldAllTheBlobsTheyMay() throws DamagedException {
        pack(Kind.DATA, LARGE, LARGE);
        for (int i = 1; i <= 10; i++) {
            PackId id = id(i);
            uses.add(new PackUse(id, 2_000_000, Kind.DATA, PackBuilder.MOST_BLOBS, 0, 0, 1_000_000, 0, 0, false));
            listed.put(id, 2_000_000L);
        }

        assertThat(plan(PruneSpec.immediately()).repack()).isEmpty();
    }

    @Test
    void compressesTreesAlwaysAndDataWhenAskedTo() throws DamagedException {
        PackId trees = pack(Kind.TREES, LARGE, LARGE, true);
        PackId data = pack(Kind.DATA, LARGE, LARGE, true);
        assertThat(plan(PruneSpec.immediately()).repack()).containsExactly(trees);
        assertThat(plan(PruneSpec.immediately().withRepackUncompressed(true)).repack())
                .containsExactlyInAnyOrder(trees, data);
        PruneSpec spec = PruneSpec.immediately().withRepackUncompressed(true);
        assertThat(PrunePlanner.plan(spec, false, uses, listed).repack()).isEmpty();
    }

    @Test
    void refusesWhenWhatIsNeededIsNotThereAsItShouldBe() throws DamagedException {
        PackId needed = pack(Kind.DATA, LARGE, LARGE);
        PackId unneeded = pack(Kind.DATA, LARGE, 0);
        PackId gone = pack(Kind.DATA, LARGE, 0);
        listed.put(unneeded, 5L);
        listed.remove(gone);
        PrunePlan plan = plan(PruneSpec.immediately());
        assertThat(plan.remove()).containsExactly(unneeded);
        assertThat(plan.missing()).containsExactly(gone);
        listed.put(needed, LARGE + 1L);
        assertThatThrownBy(() -> plan(PruneSpec.immediately()))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("16000001 bytes instead of 16000000");
        listed.remove(needed);
        assertThatThrownBy(() -> plan(PruneSpec.immediately())).hasMessageContaining("missing");
    }

    @Property(tries = 500)
    void neverLetsGoWhatIsNeededAndMeetsItsLimits(@ForAll Random random) throws DamagedException {
        PrunePlannerTest drawn = new PrunePlannerTest();
        for (int i = random.nextInt(60); i > 0; i--) {
            int size = random.nextInt(5) == 0 ? random.nextInt(1, 4_000_000) : random.nextInt(4_000_000, LARGE);
            int used = random.nextInt(3) == 0 ? size * random.nextInt(2) : random.nextInt(size);
            drawn.pack(List.of(Kind.values()).get(random.nextInt(3)), size, used, random.nextInt(9) == 0);
        }
        PackId unindexed = id(1_000_000);
        drawn.listed.put(unindexed, 10L);
        double percent = random.nextInt(50);
        PruneSpec spec = PruneSpec.immediately().withMaxUnused(new Allowance.Percent(percent));
        PrunePlan plan = drawn.plan(spec);
        Set<PackId> touched = new HashSet<>(plan.remove());
        touched.addAll(plan.repack());
        assertThat(plan.unindexed()).containsExactly(unindexed);
        for (PackUse use : drawn.uses) {
            assertThat(plan.remove().contains(use.id())).isEqualTo(!use.isNeeded());
        }
        long used = drawn.uses.stream().mapToLong(PackUse::usedBytes).sum();
        long left = drawn.uses.stream()
                .filter(use -> !touched.contains(use.id()))
                .mapToLong(PackUse::unusedBytes)
                .sum();
        assertThat(plan.statistics().unusedBytesAfter()).isEqualTo(left);
        assertThat(left).isLessThanOrEqualTo(new Allowance.Percent(percent).bytes(used));
        long most = random.nextInt(200_000_000);
        assertThat(drawn.plan(spec.withMaxRepackBytes(most)).statistics().repackBytes())
                .isLessThanOrEqualTo(most);
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        for (double bad : new double[] {-1, 100, Double.NaN}) {
            assertThatThrownBy(() -> new Allowance.Percent(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new Allowance.Percent(5).bytes(950)).isEqualTo(50);
    }

    private PackId pack(Kind kind, int size, int used) {
        return pack(kind, size, used, false);
    }

    private PackId pack(Kind kind, int size, int used, boolean uncompressed) {
        PackId id = id(uses.size());
        uses.add(new PackUse(
                id, size, kind, used > 0 ? 1 : 0, used < size ? 1 : 0, 0, used, size - used, 0, uncompressed));
        listed.put(id, (long) size);
        return id;
    }

    private static PackId id(int number) {
        return PackId.ofContent(ByteBuffer.allocate(4).putInt(number).array());
    }

    private PrunePlan plan(PruneSpec spec) throws DamagedException {
        return PrunePlanner.plan(spec, true, uses, listed);
    }
}
