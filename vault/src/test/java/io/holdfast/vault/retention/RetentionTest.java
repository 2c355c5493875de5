package io.holdfast.vault.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Grouping BY_HOST = new Grouping(Set.of(Grouping.By.HOST));
    private static final Instant NOW = Histories.NOW;

    @Property(tries = 500)
    void keepsWhatAnyRuleWantsAndNothingElse(@ForAll Random random) {
        List<Snapshot> history = Histories.draw(random, "host", 60);
        RetentionPolicy policy = Histories.policy(random);
        Set<SnapshotId> expected = new HashSet<>();
        policy.rules().forEach(rule -> wantedBy(rule, history).forEach(each -> expected.add(each.id())));
        ForgetPlan plan = plan(policy, Safeguards.STANDARD.withEmptyGroups(), history);
        assertThat(kept(plan)).isEqualTo(expected);
        assertThat(plan.remove()).hasSize(history.size() - expected.size());
    }

    @Property(tries = 300)
    void leavesTheFloorWhateverThePolicySays(@ForAll Random random) {
        List<Snapshot> history = new ArrayList<>(Histories.draw(random, "one", 30));
        history.addAll(Histories.draw(random, "two", 30));
        Set<Snapshot> good = new HashSet<>();
        history.stream().filter(_ -> random.nextInt(4) == 0).forEach(good::add);
        int floor = random.nextInt(1, 6);
        ForgetPlan plan = plan(Histories.policy(random), Safeguards.STANDARD.withFloor(floor, good::contains), history);
        for (ForgetPlan.Group group : plan.groups()) {
            long before = history.stream()
                    .filter(each -> each.hostname().equals(group.name().host()) && good.contains(each))
                    .count();
            long after = group.keep().stream()
                    .filter(kept -> good.contains(kept.snapshot()))
                    .count();
            assertThat(after).isGreaterThanOrEqualTo(Math.min(floor, before));
        }
    }

    @Property(tries = 300)
    void neverTearsARecoveryPointApart(@ForAll Random random) {
        List<Snapshot> history = new ArrayList<>();
        for (String host : List.of("one", "two", "three")) {
            history.addAll(Histories.draw(random, host, 25));
        }
        int points = random.nextInt(1, 40);
        Safeguards whole = Safeguards.STANDARD.withRecoveryPoints(snapshot -> pointOf(snapshot, points));
        ForgetPlan plan = new Retention(Histories.policy(random), BY_HOST, whole)
                .plan(history, snapshot -> !snapshot.hostname().equals("three"), NOW);
        Set<Optional<String>> torn = new HashSet<>();
        plan.remove().forEach(each -> torn.add(pointOf(each, points)));
        assertThat(history)
                .filteredOn(each -> !plan.remove().contains(each))
                .noneMatch(each -> pointOf(each, points).isPresent() && torn.contains(pointOf(each, points)));
    }

    @Test
    void countsDaysByTheSnapshotsOwnClock() {
        ZoneOffset tokyo = ZoneOffset.ofHours(9);
        Snapshot evening = Histories.snapshot(Instant.parse("2025-01-01T14:30:00Z"), tokyo, "h", List.of());
        Snapshot night = Histories.snapshot(Instant.parse("2025-01-01T15:30:00Z"), tokyo, "h", List.of());
        RetentionPolicy daily = RetentionPolicy.of(new KeepRule.Newest(Period.DAILY, 1));
        assertThat(plan(daily, Safeguards.STANDARD, List.of(evening, night)).remove())
                .containsExactly(evening);
        RetentionPolicy two = RetentionPolicy.of(new KeepRule.Newest(Period.DAILY, 2));
        assertThat(plan(two, Safeguards.STANDARD, List.of(evening, night)).groups())
                .singleElement()
                .satisfies(group -> assertThat(group.keep())
                        .extracting(Kept::reasons)
                        .containsExactly(List.of("daily snapshot"), List.of("daily snapshot")));
    }

    @Test
    void saysWhyTheOldestIsKept() {
        List<Snapshot> sameDay = Stream.of("10:00", "11:00", "12:00")
                .map(time -> Histories.snapshot(
                        Instant.parse("2025-01-01T%s:00Z".formatted(time)), ZoneOffset.UTC, "h", List.of()))
                .toList();
        RetentionPolicy policy = RetentionPolicy.of(new KeepRule.Newest(Period.DAILY, 3));
        ForgetPlan plan = plan(policy, Safeguards.STANDARD, sameDay);
        assertThat(plan.groups().getFirst().keep())
                .extracting(Kept::reasons)
                .containsExactly(List.of("daily snapshot"), List.of("oldest daily snapshot"));
        assertThat(plan.remove()).containsExactly(sameDay.get(1));
    }

    @Test
    void objectsToWhatLooksWrong() {
        List<Snapshot> history = Histories.draw(new Random(5), "host", 2000);
        assertThat(history).hasSizeGreaterThan(10);
        RetentionPolicy last = RetentionPolicy.of(new KeepRule.Last(1));
        assertThat(plan(last, Safeguards.STANDARD, history).objections()).isEmpty();
        assertThat(plan(last, Safeguards.STANDARD.withGreatestShare(0.5), history)
                        .objections())
                .singleElement()
                .isInstanceOf(Objection.TooManyAtOnce.class);
        assertThat(plan(last, Safeguards.STANDARD.suspendedBecause("sizes collapsed"), history)
                        .objections())
                .singleElement()
                .hasToString("sizes collapsed");
        assertThat(plan(RetentionPolicy.of(), Safeguards.STANDARD, history).objections())
                .hasAtLeastOneElementOfType(Objection.NoPolicy.class);
        RetentionPolicy tagged = RetentionPolicy.of(new KeepRule.Tagged(List.of("nowhere")));
        Safeguards noFloor = Safeguards.STANDARD.withFloor(0, _ -> true);
        assertThat(plan(tagged, noFloor, history).objections())
                .singleElement()
                .isInstanceOf(Objection.EmptiesGroup.class);
        assertThat(plan(tagged, noFloor.withEmptyGroups(), history).objections())
                .isEmpty();
    }

    @Test
    void objectsToSnapshotsFromTheFuture() {
        Snapshot near = Histories.snapshot(NOW.plus(Duration.ofMinutes(5)), ZoneOffset.UTC, "h", List.of());
        Snapshot far = Histories.snapshot(NOW.plus(Duration.ofMinutes(6)), ZoneOffset.UTC, "h", List.of());
        RetentionPolicy last = RetentionPolicy.of(new KeepRule.Last(1));
        assertThat(plan(last, Safeguards.STANDARD, List.of(near)).objections()).isEmpty();
        assertThat(plan(last, Safeguards.STANDARD, List.of(near, far)).objections())
                .containsExactly(new Objection.FromTheFuture(far.id(), Duration.ofMinutes(6)));
    }

    @Test
    void groupsByWhatIsAskedFor() {
        List<Snapshot> history = List.of(
                Histories.snapshot(NOW, ZoneOffset.UTC, "one", List.of("b", "a")),
                Histories.snapshot(NOW, ZoneOffset.UTC, "two", List.of("a", "b")));
        assertThat(Grouping.parse("host,paths").groups(history)).hasSize(2);
        assertThat(Grouping.parse("tags").groups(history)).hasSize(1);
        assertThat(Grouping.parse("").groups(history).keySet().iterator().next())
                .hasToString("all snapshots");
        assertThatThrownBy(() -> Grouping.parse("hosts")).hasMessageContaining("'hosts'");
    }

    @Test
    void readsSpansAndCountsThemAsGoDoes() {
        assertThat(Span.parse("1y5m7d2h")).isEqualTo(new Span(1, 5, 7, 2)).hasToString("1y5m7d2h");
        assertThat(Span.parse("3d")).hasToString("3d");
        for (String bad : List.of("", "1", "d", "2h1d", "1d1d", "-1d", "1w", "99999999999d")) {
            assertThatThrownBy(() -> Span.parse(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        OffsetDateTime lastOfMay = OffsetDateTime.parse("2025-05-31T10:00:00+02:00");
        assertThat(Span.parse("1m").before(lastOfMay)).isEqualTo("2025-05-01T10:00:00+02:00");
        assertThat(Span.parse("3m").before(lastOfMay)).isEqualTo("2025-03-03T10:00:00+02:00");
        assertThat(Span.parse("1y1d11h").before(lastOfMay)).isEqualTo("2024-05-29T23:00:00+02:00");
    }

    private static ForgetPlan plan(RetentionPolicy policy, Safeguards safeguards, List<Snapshot> history) {
        return new Retention(policy, BY_HOST, safeguards).plan(history, _ -> true, NOW);
    }

    private static Set<SnapshotId> kept(ForgetPlan plan) {
        Set<SnapshotId> ids = new HashSet<>();
        plan.groups()
                .forEach(group ->
                        group.keep().forEach(each -> ids.add(each.snapshot().id())));
        return ids;
    }

    private static Optional<String> pointOf(Snapshot snapshot, int points) {
        int point = Math.floorMod(snapshot.id().hashCode(), points + 1);
        return point == 0 ? Optional.empty() : Optional.of("point " + point);
    }

    /** The rules told another way: by runs of snapshots that lie in the same period. */
    private static List<Snapshot> wantedBy(KeepRule rule, List<Snapshot> newestFirst) {
        return switch (rule) {
            case KeepRule.Tagged tagged ->
                newestFirst.stream()
                        .filter(each -> each.tags().containsAll(tagged.tags()))
                        .toList();
            case KeepRule.Within within -> within(within.span(), newestFirst);
            case KeepRule.Last last -> newestFirst.stream().limit(last.count()).toList();
            case KeepRule.Newest newest -> heads(newest.period(), newest.count(), newestFirst, newestFirst);
            case KeepRule.NewestWithin newest ->
                heads(newest.period(), Integer.MAX_VALUE, within(newest.span(), newestFirst), newestFirst);
        };
    }

    private static List<Snapshot> within(Span span, List<Snapshot> newestFirst) {
        OffsetDateTime start = span.before(newestFirst.getFirst().localTime());
        return newestFirst.stream()
                .filter(each -> each.localTime().isAfter(start))
                .toList();
    }

    private static List<Snapshot> heads(Period period, int count, List<Snapshot> from, List<Snapshot> all) {
        List<Snapshot> heads = new ArrayList<>();
        long bucket = Long.MIN_VALUE;
        for (Snapshot each : from) {
            long next = period.bucket(each.localTime());
            if (next != bucket) {
                heads.add(each);
            }
            bucket = next;
        }
        boolean isOldestLeft = !from.isEmpty() && from.getLast().equals(all.getLast());
        if (heads.size() < count && isOldestLeft && !heads.contains(all.getLast())) {
            heads.add(all.getLast());
        }
        return heads.stream().limit(count).toList();
    }
}
