package io.holdfast.vault;

import io.holdfast.vault.retention.Grouping;
import io.holdfast.vault.retention.Retention;
import io.holdfast.vault.retention.RetentionPolicy;
import io.holdfast.vault.retention.Safeguards;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.function.Predicate;

/**
 * What to forget.
 *
 * @param considered which snapshots the policy speaks about; all others are kept
 * @param dryRun whether only to tell what would go
 */
public record ForgetSpec(Retention retention, Predicate<Snapshot> considered, boolean dryRun) {

    /** A policy for all snapshots, grouped by host and paths, with the standard safeguards. */
    public static ForgetSpec of(RetentionPolicy policy) {
        return new ForgetSpec(new Retention(policy, Grouping.STANDARD, Safeguards.STANDARD), _ -> true, false);
    }

    public ForgetSpec withGrouping(Grouping grouping) {
        return new ForgetSpec(new Retention(retention.policy(), grouping, retention.safeguards()), considered, dryRun);
    }

    public ForgetSpec withSafeguards(Safeguards safeguards) {
        return new ForgetSpec(new Retention(retention.policy(), retention.grouping(), safeguards), considered, dryRun);
    }

    public ForgetSpec withConsidered(Predicate<Snapshot> considered) {
        return new ForgetSpec(retention, considered, dryRun);
    }

    public ForgetSpec withDryRun(boolean dryRun) {
        return new ForgetSpec(retention, considered, dryRun);
    }
}
