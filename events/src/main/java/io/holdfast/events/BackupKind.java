package io.holdfast.events;

/** What a backup reads. Both kinds leave a complete snapshot, restorable on its own. */
public enum BackupKind {
    /** Files that did not change since the last snapshot are not read again. */
    INCREMENTAL,
    /** Everything is read again. */
    FULL
}
