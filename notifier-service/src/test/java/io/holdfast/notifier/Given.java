package io.holdfast.notifier;

import io.holdfast.events.AlertEvent.AlertCleared;
import io.holdfast.events.AlertEvent.AlertRaised;
import io.holdfast.events.AlertEvent.Severity;
import io.holdfast.events.ComponentId;
import io.holdfast.events.IncidentId;
import io.holdfast.events.NoticeEvent.NoticeRequested;
import io.holdfast.events.NoticeId;
import io.holdfast.events.PlanRecord.Contact;
import io.holdfast.events.PlanRecord.EscalationPlanned;
import io.holdfast.events.PlanRecord.Level;
import io.holdfast.events.PlanRecord.MailServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts on one subject, an escalation of three levels, and notices. */
final class Given {

    static final Instant START = Instant.parse("2026-11-01T02:00:00Z");
    static final String SUBJECT = "freshness/shop/db";

    private Given() {}

    static NotifierSettings settings(Path state) {
        return new NotifierSettings(
                state,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Duration.ofDays(7),
                Duration.ofDays(30),
                null);
    }

    static AlertRaised raised() {
        return new AlertRaised(
                SUBJECT,
                Severity.CRITICAL,
                new ComponentId("shop", "db"),
                null,
                "HF-A01",
                "shop/db has had no good backup for 26 h.\nSafe: the one before.\nTo do: run a backup.",
                START.minusSeconds(60));
    }

    static AlertCleared cleared(Instant at) {
        return new AlertCleared(SUBJECT, "shop/db is fresh again.", at);
    }

    static EscalationPlanned escalation() {
        return escalation(
                1,
                List.of(
                        new Level(1, Duration.ofMinutes(30), List.of("first@example.org")),
                        new Level(2, Duration.ofHours(1), List.of("second@example.org", "third@example.org")),
                        new Level(3, Duration.ofHours(2), List.of("first@example.org", "boss@example.org"))));
    }

    static EscalationPlanned escalation(long revision, List<Level> levels) {
        return new EscalationPlanned(
                null, List.of(new Contact("Ada", "first@example.org", "+49 1", "on call")), levels, revision);
    }

    static MailServer server(int port, boolean startTls, @Nullable String user, @Nullable String password) {
        return new MailServer("127.0.0.1", port, "holdfast@example.org", startTls, user, password);
    }

    static NoticeRequested notice(String id) {
        return notice(id, "first@example.org", "[INCIDENT] CRITICAL: shop/db");
    }

    static NoticeRequested notice(String id, String address, String title) {
        return new NoticeRequested(
                new NoticeId(id), new IncidentId("inc-1"), 1, address, title, "Grüße\nüber zwei Zeilen", START);
    }
}
