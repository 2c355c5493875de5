package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One message to one contact: derived from incident, level and contact, so it is never sent twice. */
public record NoticeId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public NoticeId {
        Identifiers.require("notice id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
