package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One restore asked for by an operator. */
public record RestoreId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RestoreId {
        Identifiers.require("restore id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
