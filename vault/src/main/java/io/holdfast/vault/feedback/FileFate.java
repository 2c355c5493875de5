package io.holdfast.vault.feedback;

/** What a backup or a restore did about a file, or about anything else but a directory. */
public enum FileFate {
    /** Captured, and not in the parent snapshot. */
    NEW,
    /** Captured, and otherwise in the parent snapshot. */
    MODIFIED,
    /** In the parent snapshot, or in the target, as it is. */
    UNCHANGED,
    /** Brought to the target. */
    RESTORED,
    /** Left as it is in the target, as was asked for. */
    SKIPPED,
    /** Taken away from the target. */
    DELETED
}
