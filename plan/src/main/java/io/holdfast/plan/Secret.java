package io.holdfast.plan;

import java.util.List;

/** A secret in the clear. Prints as stars, so that it reaches no log by accident. */
public final class Secret {

    private final String value;
    private final List<String> warnings;

    Secret(String value, List<String> warnings) {
        this.value = value;
        this.warnings = List.copyOf(warnings);
    }

    public String value() {
        return value;
    }

    /** What an operator should know about how the secret is kept; without the secret. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public String toString() {
        return "***";
    }
}
