package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One backup of one component: derived from component and due instant, so that a retry finds its twin. */
public record BackupId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public BackupId {
        Identifiers.require("backup id", value);
    }

    /** The backup of a component within a recovery point. */
    public static BackupId of(ComponentId component, RecoveryPointId recoveryPoint) {
        return new BackupId(recoveryPoint.value() + "." + component.component());
    }

    @Override
    public String toString() {
        return value;
    }
}
