package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetTest {

    @ParameterizedTest
    @CsvSource({
        "128, 1, 1, L",
        "128, 2, 1, L",
        "128, 8, 1, L",
        "256, 1, 1, L",
        "256, 2, 2, L",
        "256, 8, 2, L",
        "512, 1, 1, LS",
        "512, 2, 2, LS",
        "512, 8, 2, LS",
        "640, 1, 1, LSS",
        "640, 2, 2, LSS",
        "640, 8, 2, LSS",
        "1024, 1, 1, LLLSS",
        "1024, 2, 2, LLSSS",
        "1024, 8, 8, LSS",
        "4096, 1, 1, LLLLLLLLLLLLLLSS",
        "4096, 2, 2, LLLLLLLLLLLLLLSSS",
        "4096, 8, 8, LLLLLLSSSS",
    })
    void givesLargeSharesWhileTwoMoreBackupsHaveRoomThenSmallOnes(
            long heap, int processors, int threads, String shares) {
        Budget budget = Budget.of(heap << 20, processors);

        assertThat(budget.large().threads()).isEqualTo(threads);
        assertThat(shares(budget)).isEqualTo(shares);
    }

    /** What a JVM says of its heap lacks one of the spaces for what survives, a tenth of what is young. */
    @Test
    void letsThreeBackupsRunInWhatTheLauncherGives() {
        assertThat(shares(Budget.of(632L << 20, 2))).isEqualTo("LSS");
        assertThat(shares(Budget.of(632L << 20, 64))).isEqualTo("LSS");
        assertThat(shares(Budget.of(504L << 20, 2))).isEqualTo("LS");
    }

    @Property
    void alwaysHasRoomForOneBackupAsItIsAloneInTheProcess(
            @ForAll @LongRange(min = 1) long heap, @ForAll @IntRange(min = 1, max = 1024) int processors) {
        Budget budget = Budget.of(heap, processors);

        assertThat(budget.large().threads()).isBetween(1, processors);
        assertThat(budget.size())
                .isBetween(budget.large().size(), 16 * budget.large().size());
        assertThat(budget.next(budget.size())).isEqualTo(budget.large());
    }

    @Property
    void neverGivesMoreThanIsFree(
            @ForAll @IntRange(min = 16, max = 1 << 20) int heapInMib,
            @ForAll @IntRange(min = 1, max = 256) int processors,
            @ForAll @IntRange(max = 1 << 20) int taken) {
        Budget budget = Budget.of((long) heapInMib << 20, processors);
        int free = budget.size() - taken % budget.size();

        int size = budget.next(free).size();

        assertThat(size).isLessThanOrEqualTo(Math.max(free, Share.SMALL.size()));
    }

    /** L for a large share and S for a small one, as backups get them that all begin and none ends. */
    private static String shares(Budget budget) {
        StringBuilder shares = new StringBuilder();
        for (int free = budget.size(); free >= Share.SMALL.size(); ) {
            Share next = budget.next(free);
            shares.append(next.equals(Share.SMALL) ? 'S' : 'L');
            free -= next.size();
        }
        return shares.toString();
    }
}
