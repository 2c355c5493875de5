package io.holdfast.monitor;

import static io.holdfast.events.SnapshotKind.REGULAR;
import static io.holdfast.monitor.Given.DB;
import static io.holdfast.monitor.Given.SETTINGS;
import static io.holdfast.monitor.Given.START;
import static io.holdfast.monitor.Given.capturing;
import static io.holdfast.monitor.Given.catalogued;
import static io.holdfast.monitor.Given.envelope;
import static io.holdfast.monitor.Given.found;
import static io.holdfast.monitor.Given.planned;
import static io.holdfast.monitor.Given.replicated;
import static io.holdfast.monitor.Given.snapshot;
import static io.holdfast.monitor.Given.taken;
import static io.holdfast.monitor.Given.takenBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.Event;
import io.holdfast.events.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RulesTest {

    @Test
    void comparesTheSizeWithTheMedianOfThoseBefore() {
        assertThat(sizes(10_000, 10_200, 9_900, 12_000)).isEmpty();
        assertThat(sizes(10_000, 10_200, 9_900, 12_001)).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("size/shop/db");
            assertThat(finding.message())
                    .startsWith("The backup of shop/db of 2026-11-01T05:00:00Z has 12.0 kB (+20 %);"
                            + " the median of the 3 before it is 10.0 kB, and 20 % either way is allowed.");
        });
        assertThat(sizes(10_000, 10_200, 9_900, 7_999)).hasSize(1);
    }

    @Test
    void needsThreeSnapshotsToCompareWith() {
        assertThat(sizes(10_000, 10_000, 90_000)).isEmpty();
    }

    @Test
    void sizesBelowTheFloorDoNotMatter() {
        assertThat(sizes(1_000, 1_000, 1_000, 2_000)).isEmpty();
        assertThat(sizes(1_000, 1_000, 1_000, 2_001)).hasSize(1);
    }

    @Test
    void comparesWithTheLastTenOnly() {
        assertThat(sizes(
                        1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000,
                        1_000_000, 1_000_000, 1_000_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000, 5_000,
                        5_000, 5_000))
                .isEmpty();
    }

    @Property
    void neverFindsFaultWithWhatStaysWithinBounds(
            @ForAll @Size(min = 4, max = 12) List<@LongRange(min = 100_000, max = 109_000) Long> bytes) {
        assertThat(sizes(bytes.stream().mapToLong(Long::longValue).toArray())).isEmpty();
    }

    @Test
    void comparesNoSizesAcrossAChangeOfWhatIsCaptured() {
        var health = health(10_000, 10_000, 10_000, 10_000);
        Instant changed = START.plus(Duration.ofHours(5));
        health = health.after(envelope(capturing(2, 2)), changed)
                .after(envelope(takenBy(2L, 9, changed, 90_000)), changed);
        assertThat(find(SizeRule::check, health, changed)).isEmpty();

        for (int i = 10; i < 12; i++) {
            health = health.after(envelope(takenBy(2L, i, changed, 90_000)), changed.plusSeconds(i));
        }
        health = health.after(envelope(takenBy(2L, 12, changed, 10_000)), changed.plusSeconds(12));
        assertThat(find(SizeRule::check, health, changed)).hasSize(1);
    }

    @Test
    void aSnapshotOfWhichNoPlanIsKnownCountsByTheTimeItWasTaken() {
        Instant changed = START.plus(Duration.ofHours(5));
        var before = found(1, changed.minusSeconds(1), REGULAR);
        var after = found(2, changed, REGULAR);
        var health = after(planned()).after(envelope(capturing(2, 2)), changed);
        Planned planned = Objects.requireNonNull(health.planned());

        var good = health.after(envelope(catalogued("vault", changed, null, before, after)), changed)
                .vault()
                .good();

        assertThat(planned.counted(good)).extracting(GoodSnapshot::snapshot).containsExactly(snapshot(2));
    }

    @Test
    void aRegionIsNotFreshByACopyOfWhatWasCapturedBefore() {
        Instant changed = START.plus(Duration.ofHours(1));
        Instant copied = START.plus(Duration.ofHours(3));
        var health = after(planned())
                .after(envelope(capturing(2, 2)), changed)
                .after(envelope(takenBy(1L, 1, copied, 5_000)), copied)
                .after(envelope(replicated(1, copied)), copied);

        assertThat(region(health, Duration.ofHours(26).minusSeconds(1))).isEmpty();
        assertThat(region(health, Duration.ofHours(26)))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.message()).contains("that copy holds what was captured before"));
    }

    @Test
    void aRegionWithoutACopyIsStaleOnceItsTimeHasPassed() {
        var health = after(planned(), taken(1, START, 5_000));

        assertThat(region(health, Duration.ofHours(25).minusSeconds(1))).isEmpty();
        assertThat(region(health, Duration.ofHours(25)))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).startsWith("Region north has no copy of shop/db at all"));
    }

    @Test
    void aRegionThatLacksSnapshotsForLongLags() {
        var health = after(planned(), catalogued("north", START, START));

        assertThat(lag(health, Duration.ofHours(2).minusSeconds(1))).isEmpty();
        assertThat(lag(health, Duration.ofHours(2))).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("HF-A07");
            assertThat(finding.subject()).isEqualTo("replication/shop/db/north");
        });
    }

    @Test
    void aRegionLagsByWhatTheVaultHoldsAndItDoesNot() {
        var health = after(planned(), taken(1, START, 5_000));

        assertThat(lag(health, Duration.ofHours(2).minusSeconds(1))).isEmpty();
        assertThat(lag(health, Duration.ofHours(2)))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).startsWith("Region north lacks snapshots of shop/db since"));
    }

    @Test
    void aRegionThatHoldsTheVaultsNewestLacksNothing() {
        Instant read = START.minusSeconds(30);
        var health =
                after(planned(), taken(1, START, 5_000), catalogued("north", START, null, found(1, read, REGULAR)));

        assertThat(lag(health, Duration.ofHours(20))).isEmpty();
    }

    @Test
    void aRegionNewToThePlanLagsFromThenOn() {
        Instant longAgo = START.minus(Duration.ofDays(9));
        var health = after(planned(), catalogued("vault", START, null, found(1, longAgo, REGULAR)));

        assertThat(lag(health, Duration.ofHours(2).minusSeconds(1))).isEmpty();
        assertThat(lag(health, Duration.ofHours(2))).hasSize(1);
    }

    @Test
    void aSnapshotThatLeftTheVaultIsNoLongerGood() {
        var health = after(planned(), taken(1, START, 5_000))
                .after(
                        envelope(catalogued("vault", START.plus(Duration.ofHours(2)), null)),
                        START.plus(Duration.ofHours(2)));

        assertThat(health.vault().good()).isEmpty();
    }

    @Test
    void aSnapshotTakenWhileTheVaultWasReadIsKept() {
        Instant readAt = START.minusSeconds(30);
        var health = after(planned(), taken(1, START, 5_000))
                .after(envelope(catalogued("vault", readAt, null)), START.plusSeconds(5));

        assertThat(health.vault().good()).extracting(GoodSnapshot::snapshot).containsExactly(snapshot(1));
    }

    @Test
    void anOlderCatalogueChangesNothing() {
        var health = after(planned(), catalogued("vault", START, null, found(1, START, SnapshotKind.REGULAR)));

        assertThat(health.after(envelope(catalogued("vault", START.minusSeconds(1), null)), START.plusSeconds(9)))
                .isEqualTo(health);
    }

    @Test
    void aSnapshotFromTheFutureIsAsNewAsItsRecord() {
        CataloguedSnapshot future = found(1, START.plus(Duration.ofDays(400)), SnapshotKind.REGULAR);
        var health = after(planned(), catalogued("vault", START, null, future));

        assertThat(health.vault().good()).extracting(GoodSnapshot::at).containsExactly(START);
    }

    @Test
    void aCopyIsAsOldAsItsSnapshotAndNotAsItsArrival() {
        Instant arrived = START.plus(Duration.ofHours(9));
        var health = after(planned(), taken(1, START, 5_000)).after(envelope(replicated(1, START)), arrived);

        assertThat(health.region("north").newest())
                .isNotNull()
                .extracting(GoodSnapshot::at)
                .isEqualTo(START);
    }

    @Test
    void keepsABoundedNumberOfSnapshots() {
        assertThat(health(IntStream.range(0, 50).mapToLong(_ -> 5_000).toArray())
                        .vault()
                        .good())
                .hasSize(VaultHealth.MOST)
                .first()
                .extracting(GoodSnapshot::snapshot)
                .isEqualTo(snapshot(49));
    }

    private static List<Finding> sizes(long... bytes) {
        return find(SizeRule::check, health(bytes), START);
    }

    private static List<Finding> region(ComponentHealth health, Duration later) {
        return find(RegionFreshnessRule::check, health, START.plus(later));
    }

    private static List<Finding> lag(ComponentHealth health, Duration later) {
        return find(ReplicationRule::check, health, START.plus(later));
    }

    private static List<Finding> find(Rule rule, ComponentHealth health, Instant now) {
        Planned planned = health.planned();
        return planned == null ? List.of() : rule.check(health, planned, now, SETTINGS);
    }

    /** One snapshot an hour, of these sizes. */
    private static ComponentHealth health(long... bytes) {
        ComponentHealth health = after(planned());
        for (int i = 0; i < bytes.length; i++) {
            Instant at = START.plus(Duration.ofHours(i));
            health = health.after(envelope(taken(i, at, bytes[i])), at);
        }
        return health;
    }

    private static ComponentHealth after(Event... events) {
        ComponentHealth health = ComponentHealth.unknown(DB);
        for (Event event : events) {
            health = health.after(envelope(event), START);
        }
        return health;
    }
}
