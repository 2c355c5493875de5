package io.holdfast.vault.retention;

import io.holdfast.vault.snapshot.Snapshot;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which snapshots of a group are kept: each that any rule wants. Exactly restic's {@code forget}: periods are those of
 * the snapshot's own clock, and the oldest snapshot is kept too while a rule has places left.
 *
 * @param rules in the order in which their reasons are given
 */
public record RetentionPolicy(List<KeepRule> rules) {

    private static final OffsetDateTime BEFORE_ALL = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    public RetentionPolicy {
        rules = rules.stream()
                .filter(KeepRule::isEffective)
                .sorted(KeepRule.ORDER)
                .toList();
    }

    public static RetentionPolicy of(KeepRule... rules) {
        return new RetentionPolicy(List.of(rules));
    }

    /** Whether no rule could keep anything. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Every snapshot of a group with the reasons to keep it, newest first; those without a reason may go. */
    List<Kept> judge(List<Snapshot> group, Instant now) {
        List<Snapshot> newestFirst = group.stream()
                .sorted(Comparator.comparing(Snapshot::time).reversed().thenComparing(Snapshot::id))
                .toList();
        OffsetDateTime newest = newestFirst.stream()
                .filter(snapshot -> snapshot.time().isBefore(now))
                .findFirst()
                .map(Snapshot::localTime)
                .orElse(BEFORE_ALL);
        List<RuleInUse> inUse =
                rules.stream().map(rule -> new RuleInUse(rule, newest)).toList();
        List<Kept> judged = new ArrayList<>();
        for (Snapshot snapshot : newestFirst) {
            boolean isOldest = judged.size() == newestFirst.size() - 1;
            List<String> reasons = inUse.stream()
                    .flatMap(rule -> rule.reason(snapshot, isOldest).stream())
                    .toList();
            judged.add(new Kept(snapshot, reasons));
        }
        return judged;
    }
}
