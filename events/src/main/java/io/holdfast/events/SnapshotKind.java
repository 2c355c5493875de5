package io.holdfast.events;

import java.util.Locale;

/** Why a snapshot was taken. Only regular ones count for {@code latest}, for size medians and for retention floors. */
public enum SnapshotKind {
    REGULAR,
    /** Something could not be read whole, or was written to though it rested. Kept, and restorable by its id. */
    INCOMPLETE,
    /** The state just before a restore. */
    SAFETY,
    EMERGENCY,
    /** A damaged state, kept for analysis. */
    CORRUPTED,
    /** The manifest of a recovery point. */
    MANIFEST;

    /** As tags and file names write it. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
