package io.holdfast.sources.quiesce;

/** What something rests for. Each asks for no less than the one before. */
public enum Purpose {
    /** Containers are paused while they are read. */
    CAPTURE_PAUSED,
    /** Containers are stopped while they are read. */
    CAPTURE_STOPPED,
    /** Containers are stopped while their data are replaced; nothing goes on before that is complete. */
    RESTORE;

    Resting.Rest ofContainers() {
        return this == CAPTURE_PAUSED ? Resting.Rest.PAUSE : Resting.Rest.STOP;
    }

    Purpose stronger(Purpose other) {
        return compareTo(other) < 0 ? other : this;
    }

    boolean isRestore() {
        return this == RESTORE;
    }
}
