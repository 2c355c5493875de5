package io.holdfast.standalone;

/** Where the process can be made to halt. */
enum KillPoint {
    BACKUP_AFTER_PACK,
    /** The index is durable and the snapshot is not yet. */
    BACKUP_AFTER_INDEX,
    /** The snapshot is durable and nobody has been told. */
    BACKUP_AFTER_SNAPSHOT,
    /** Everybody has been told and the journal does not know it. */
    BACKUP_AFTER_ANNOUNCED,

    UPLOAD_AFTER_PACK,
    UPLOAD_AFTER_INDEX,
    UPLOAD_AFTER_SNAPSHOT,

    RESTORE_AFTER_PLANNED,
    RESTORE_AFTER_SAFETY_SNAPSHOT,
    /** Some files are back, others are not. */
    RESTORE_AMONG_FILES,
    RESTORE_AFTER_COMPONENT,
    /** Everybody has been told and the journal does not know it. */
    RESTORE_AFTER_COMPLETED
}
