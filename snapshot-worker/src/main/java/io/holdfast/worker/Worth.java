package io.holdfast.worker;

import io.holdfast.events.Consistency;
import io.holdfast.events.SnapshotKind;
import io.holdfast.sources.component.Content.Given;
import io.holdfast.vault.backup.Change;
import io.holdfast.vault.feedback.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a capture is worth, once all of it was read: what its snapshot counts as.
 *
 * @param consistency null: nothing was seen to change, and it is not known whether anything could
 */
record Worth(SnapshotKind kind, @Nullable Consistency consistency) {

    private static final Worth INCOMPLETE = new Worth(SnapshotKind.INCOMPLETE, null);

    /**
     * Judges a capture. What changed while nothing rested is as after a power cut, and counts; what changed while whoever
     * writes was to rest is neither what was there before nor what was there afterwards, and does not.
     *
     * @param rested whether anything was brought to rest for it
     */
    static Worth of(Given given, boolean rested, List<Problem> problems, List<Change> changes) {
        if (!problems.isEmpty()) {
            return INCOMPLETE;
        }
        return switch (given) {
            case BEING_WRITTEN -> good(Consistency.CRASH_CONSISTENT);
            case AS_ONE_STATE ->
                good(changes.isEmpty() ? Consistency.APPLICATION_CONSISTENT : Consistency.CRASH_CONSISTENT);
            case AS_IT_LIES -> asItLies(rested, !changes.isEmpty());
        };
    }

    private static Worth asItLies(boolean rested, boolean changed) {
        if (rested) {
            return changed ? INCOMPLETE : good(Consistency.AT_REST);
        }
        return good(changed ? Consistency.CRASH_CONSISTENT : null);
    }

    private static Worth good(@Nullable Consistency consistency) {
        return new Worth(SnapshotKind.REGULAR, consistency);
    }
}
