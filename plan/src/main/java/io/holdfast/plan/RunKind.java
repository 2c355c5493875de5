package io.holdfast.plan;

/** What a scheduled run reads. Both leave a snapshot that can be restored on its own. */
public enum RunKind {
    /** Files that did not change since the last snapshot are not read again. */
    INCREMENTAL,
    /** Everything is read again. */
    FULL
}
