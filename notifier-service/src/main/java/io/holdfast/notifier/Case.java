package io.holdfast.notifier;

import io.holdfast.events.AlertEvent.AlertRaised;
import io.holdfast.events.AlertEvent.Severity;
import io.holdfast.events.Envelope;
import io.holdfast.events.Identifiers;
import io.holdfast.events.IncidentId;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What an incident is about.
 *
 * @param since when the trouble began
 * @param raisedAt when the alert was raised, by the clock of who raised it
 * @param openedAt when the incident was opened
 * @param correlation what connects the incident's events with the alert
 */
record Case(
        IncidentId incident,
        String subject,
        Severity severity,
        String code,
        String message,
        Instant since,
        Instant raisedAt,
        Instant openedAt,
        String correlation) {

    private static final Pattern NO_NAME = Pattern.compile("[^A-Za-z0-9._]+");
    private static final int LONGEST_NAME = 80;
    private static final int TOKEN = 8;

    static Case of(AlertRaised alert, Envelope envelope, Instant now) {
        return new Case(
                id(alert, envelope.time()),
                alert.subject(),
                alert.severity(),
                alert.code(),
                alert.message(),
                alert.since(),
                envelope.time(),
                now,
                envelope.correlation());
    }

    /** The same alert gives the same incident: its subject, to be read, and a token of when it was raised. */
    private static IncidentId id(AlertRaised alert, Instant raisedAt) {
        String name = NO_NAME.matcher(alert.subject()).replaceAll("-");
        String token = Identifiers.derived(alert.subject(), raisedAt.toString());
        return new IncidentId("inc-%s-%s"
                .formatted(name.substring(0, Math.min(name.length(), LONGEST_NAME)), token.substring(0, TOKEN)));
    }
}
