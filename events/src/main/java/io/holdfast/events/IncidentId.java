package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One incident: from the first alert on a subject until it is resolved. */
public record IncidentId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public IncidentId {
        Identifiers.require("incident id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
