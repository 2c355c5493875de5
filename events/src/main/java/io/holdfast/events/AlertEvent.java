package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A rule that is broken, raised once and cleared once. */
public sealed interface AlertEvent extends Event {

    /** What the alert is about, {@code rule/stack/component[/region]}: one open alert per subject. */
    String subject();

    @Override
    default String key() {
        return subject();
    }

    /**
     * A rule found its subject unwell.
     *
     * @param code stable, as in the list of operator messages
     */
    @JsonTypeName("alert-raised.v1")
    record AlertRaised(
            String subject,
            Severity severity,
            @Nullable ComponentId component,
            @Nullable String region,
            String code,
            String message,
            Instant since)
            implements AlertEvent {}

    @JsonTypeName("alert-cleared.v1")
    record AlertCleared(String subject, String message, Instant at) implements AlertEvent {}

    enum Severity {
        CRITICAL,
        HIGH,
        MEDIUM
    }
}
