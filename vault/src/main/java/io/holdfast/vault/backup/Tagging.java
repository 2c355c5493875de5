package io.holdfast.vault.backup;

import io.holdfast.vault.feedback.Problem;
import java.util.List;

/** The tags of a snapshot, asked for when all is known about it and before it becomes visible. */
@FunctionalInterface
public interface Tagging {

    /** Takes what {@link BackupResult} says. */
    List<String> tags(List<Problem> problems, List<Change> changes);

    /** The same, whatever became of it. */
    static Tagging always(List<String> tags) {
        List<String> copy = List.copyOf(tags);
        return (_, _) -> copy;
    }
}
