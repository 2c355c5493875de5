package io.holdfast.vault.backup;

/** What a backup does otherwise than usual. */
public enum BackupOption {
    /** Every file is read again, even if nothing about it has changed; no parent is named. */
    FORCE,
    /** A file counts as unchanged although its inode number differs, as on network file systems. Implies {@link #IGNORE_CTIME}. */
    IGNORE_INODE,
    /** A file counts as unchanged although its time of status change differs. */
    IGNORE_CTIME,
    /** Times of last access are kept; otherwise the time of modification stands for them. */
    WITH_ATIME,
    /** Nothing is stored. */
    DRY_RUN,
    /** No snapshot is stored when it would hold exactly what its parent holds. */
    SKIP_IF_UNCHANGED
}
