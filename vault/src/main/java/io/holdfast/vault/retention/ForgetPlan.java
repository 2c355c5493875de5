package io.holdfast.vault.retention;

import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a policy says about the snapshots of a repository.
 *
 * @param objections why nothing of it may be carried out; empty when nothing speaks against it
 */
public record ForgetPlan(List<Group> groups, List<Objection> objections) {

    /** One group, newest first. */
    public record Group(Grouping.Group name, List<Kept> keep, List<Snapshot> remove) {
        public Group {
            keep = List.copyOf(keep);
            remove = List.copyOf(remove);
        }
    }

    public ForgetPlan {
        groups = List.copyOf(groups);
        objections = List.copyOf(objections);
    }

    /** The same, with one more reason against it. */
    public ForgetPlan objecting(Objection objection) {
        return new ForgetPlan(
                groups, Stream.concat(objections.stream(), Stream.of(objection)).toList());
    }

    /** All that would go. */
    public List<Snapshot> remove() {
        return groups.stream().flatMap(group -> group.remove().stream()).toList();
    }
}
