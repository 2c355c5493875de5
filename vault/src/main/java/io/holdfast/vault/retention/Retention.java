package io.holdfast.vault.retention;

import io.holdfast.vault.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Applies a policy and its safeguards to snapshots. */
public record Retention(RetentionPolicy policy, Grouping grouping, Safeguards safeguards) {

    /**
     * Plans what to keep and what to remove.
     *
     * @param all every snapshot of the repository: those not considered are kept, and so are their recovery points
     * @param considered the snapshots the policy speaks about
     */
    public ForgetPlan plan(List<Snapshot> all, Predicate<Snapshot> considered, Instant now) {
        List<Snapshot> candidates = all.stream().filter(considered).toList();
        List<Objection> objections = new ArrayList<>(objections(candidates, now));
        if (policy.isEmpty() && !safeguards.emptyGroups()) {
            objections.add(new Objection.NoPolicy());
        }
        List<ForgetPlan.Group> groups = new ArrayList<>();
        for (Map.Entry<Grouping.Group, List<Snapshot>> group :
                grouping.groups(candidates).entrySet()) {
            groups.add(judge(group.getKey(), group.getValue(), now));
        }
        groups = wholeRecoveryPoints(all, groups);
        groups.stream()
                .filter(group -> group.keep().isEmpty() && !safeguards.emptyGroups())
                .forEach(group -> objections.add(new Objection.EmptiesGroup(group.name())));
        int removed = groups.stream().mapToInt(group -> group.remove().size()).sum();
        if (removed > safeguards.greatestShare() * candidates.size()) {
            objections.add(new Objection.TooManyAtOnce(removed, candidates.size(), safeguards.greatestShare()));
        }
        return new ForgetPlan(groups, objections);
    }

    private List<Objection> objections(List<Snapshot> candidates, Instant now) {
        Stream<Objection> future = candidates.stream()
                .filter(snapshot -> Duration.between(now, snapshot.time()).compareTo(safeguards.futureTolerance()) > 0)
                .map(snapshot -> new Objection.FromTheFuture(snapshot.id(), Duration.between(now, snapshot.time())));
        String suspended = safeguards.suspended();
        return Stream.concat(future, suspended == null ? Stream.of() : Stream.of(new Objection.Suspended(suspended)))
                .toList();
    }

    private ForgetPlan.Group judge(Grouping.Group name, List<Snapshot> snapshots, Instant now) {
        List<Kept> judged = policy.judge(snapshots, now);
        List<Kept> keep = new ArrayList<>();
        List<Snapshot> remove = new ArrayList<>();
        int counted = 0;
        for (Kept each : judged) {
            boolean isOfFloor = safeguards.counts().test(each.snapshot()) && counted++ < safeguards.floor();
            if (!each.reasons().isEmpty()) {
                keep.add(each);
            } else if (isOfFloor) {
                keep.add(each.because("one of the newest %d that count".formatted(safeguards.floor())));
            } else {
                remove.add(each.snapshot());
            }
        }
        return new ForgetPlan.Group(name, keep, remove);
    }

    private List<ForgetPlan.Group> wholeRecoveryPoints(List<Snapshot> all, List<ForgetPlan.Group> groups) {
        Set<Snapshot> going = new HashSet<>();
        groups.forEach(group -> going.addAll(group.remove()));
        Set<String> kept = new HashSet<>();
        all.stream()
                .filter(snapshot -> !going.contains(snapshot))
                .forEach(snapshot -> safeguards.recoveryPoint().apply(snapshot).ifPresent(kept::add));
        return groups.stream().map(group -> rescue(group, kept)).toList();
    }

    private ForgetPlan.Group rescue(ForgetPlan.Group group, Set<String> keptPoints) {
        List<Kept> keep = new ArrayList<>(group.keep());
        List<Snapshot> remove = new ArrayList<>();
        for (Snapshot snapshot : group.remove()) {
            safeguards
                    .recoveryPoint()
                    .apply(snapshot)
                    .filter(keptPoints::contains)
                    .ifPresentOrElse(
                            point ->
                                    keep.add(new Kept(snapshot, List.of("recovery point %s is kept".formatted(point)))),
                            () -> remove.add(snapshot));
        }
        keep.sort(
                (one, other) -> other.snapshot().time().compareTo(one.snapshot().time()));
        return new ForgetPlan.Group(group.name(), keep, remove);
    }
}
