package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The id of a snapshot in a vault: 64 lower-case hex digits, the SHA-256 of its stored file. */
public record SnapshotRef(@JsonValue String value) {

    static final String FORM = "[0-9a-f]{64}";

    private static final Pattern ID = Pattern.compile(FORM);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SnapshotRef {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException("snapshot id '%s' must be 64 hex digits".formatted(value));
        }
    }

    /** As much of it as people need to name it. */
    public String shortForm() {
        return value.substring(0, 8);
    }

    @Override
    public String toString() {
        return value;
    }
}
