package io.holdfast.cli.repository;

import io.holdfast.vault.snapshot.Snapshot;
import java.util.Optional;

/** The tags by which snapshots taken by a plan say what they are; snapshots made by hand have none of them. */
public final class HoldfastTags {

    private static final String RECOVERY_POINT = "recovery-point=";
    private static final String KIND = "kind=";
    private static final String REGULAR = "kind=regular";

    private static final String INCOMPLETE = "kind=incomplete";

    private HoldfastTags() {}

    /** Which recovery point it belongs to. */
    public static Optional<String> recoveryPoint(Snapshot snapshot) {
        return snapshot.tags().stream()
                .filter(tag -> tag.startsWith(RECOVERY_POINT))
                .map(tag -> tag.substring(RECOVERY_POINT.length()))
                .findFirst();
    }

    /** Whether it is a complete backup, and no safety copy, manifest or the like. */
    public static boolean isRegular(Snapshot snapshot) {
        return snapshot.tags().stream().allMatch(tag -> !tag.startsWith(KIND) || tag.equals(REGULAR));
    }

    /** Whether its capture did not read all there was, or not as one state. */
    public static boolean isIncomplete(Snapshot snapshot) {
        return snapshot.tags().contains(INCOMPLETE);
    }
}
