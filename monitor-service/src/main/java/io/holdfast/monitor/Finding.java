package io.holdfast.monitor;

import io.holdfast.events.AlertEvent.AlertRaised;
import io.holdfast.events.AlertEvent.Severity;
import io.holdfast.events.ComponentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a rule has against a component.
 *
 * @param subject one open alert per subject
 * @param since when the trouble began, the same at every look
 */
record Finding(String subject, Severity severity, @Nullable String region, String code, String message, Instant since) {

    AlertRaised raised(ComponentId component) {
        return new AlertRaised(subject, severity, component, region, code, message, since);
    }
}
