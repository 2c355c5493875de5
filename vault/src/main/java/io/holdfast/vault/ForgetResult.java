package io.holdfast.vault;

import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.retention.ForgetPlan;
import io.holdfast.vault.rewrite.Removal;
import java.util.List;

/** What forgetting came to. Only snapshot files go; prune frees the space. */
public sealed interface ForgetResult {

    ForgetPlan plan();

    /** Nothing was removed, because only the plan was asked for. */
    record Planned(ForgetPlan plan) implements ForgetResult {}

    /** Nothing was removed, because the plan has objections. */
    record Refused(ForgetPlan plan) implements ForgetResult {}

    /**
     * The plan was carried out.
     *
     * @param stayed snapshot files that the place did not let go
     */
    record Forgotten(ForgetPlan plan, List<SnapshotId> removed, List<Removal.Stayed> stayed) implements ForgetResult {
        public Forgotten {
            removed = List.copyOf(removed);
            stayed = List.copyOf(stayed);
        }
    }
}
