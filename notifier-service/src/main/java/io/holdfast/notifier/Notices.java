package io.holdfast.notifier;

import io.holdfast.events.Identifiers;
import io.holdfast.events.NoticeEvent.NoticeRequested;
import io.holdfast.events.NoticeId;
import io.holdfast.events.PlanRecord.Contact;
import io.holdfast.events.PlanRecord.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people are told, in the words of the templates. */
final class Notices {

    private static final Template INITIAL = Template.named("initial");
    private static final Template RESOLUTION = Template.named("resolution");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int LONGEST_TITLE = 150;
    private static final int LONGEST_MESSAGE = 20_000;

    private Notices() {}

    static NoticeRequested initial(
            Case about, EscalationPath path, int step, int repetition, String address, Instant now) {
        Level level = path.step(step);
        String body = INITIAL.filled(Map.ofEntries(
                Map.entry("incident", about.incident().value()),
                Map.entry("subject", about.subject()),
                Map.entry("severity", about.severity().name()),
                Map.entry("since", time(about.since())),
                Map.entry("level", String.valueOf(level.level())),
                Map.entry("code", about.code()),
                Map.entry("message", clipped(about.message())),
                Map.entry("told", told(path, step, repetition)),
                Map.entry("next", next(path, step, now)),
                Map.entry("contacts", contacts(path.contacts()))));
        String word = repetition > 0 ? "REMINDER " + repetition : step > 0 ? "ESCALATED" : "INCIDENT";
        return notice(about, "level-" + level.level() + "-" + repetition, level.level(), address, word, body, now);
    }

    static NoticeRequested resolution(
            Case about, Told someone, String outcome, @Nullable Acknowledgement acknowledgement, Instant now) {
        String body = RESOLUTION.filled(Map.of(
                "incident", about.incident().value(),
                "subject", about.subject(),
                "severity", about.severity().name(),
                "since", time(about.since()),
                "resolved", time(now),
                "acknowledged",
                        acknowledgement == null
                                ? "by nobody"
                                : "by %s at %s".formatted(line(acknowledgement.by()), time(acknowledgement.at())),
                "outcome", clipped(outcome),
                "code", about.code(),
                "message", clipped(about.message())));
        return notice(about, "resolved", someone.level(), someone.address(), "RESOLVED", body, now);
    }

    private static NoticeRequested notice(
            Case about, String occasion, int level, String address, String word, String body, Instant now) {
        String incident = about.incident().value();
        return new NoticeRequested(
                new NoticeId(incident + "-" + Identifiers.derived(incident, occasion, address)),
                about.incident(),
                level,
                address,
                title("[%s] %s: %s"
                        .formatted(
                                word,
                                about.severity(),
                                about.message().lines().findFirst().orElse(about.subject()))),
                body,
                now);
    }

    private static String told(EscalationPath path, int step, int repetition) {
        String levels = Stream.iterate(0, told -> told <= step, told -> told + 1)
                .map(path::step)
                .map(level -> "level %d (%s)".formatted(level.level(), String.join(", ", level.addresses())))
                .collect(Collectors.joining(", "));
        return "Told: " + levels + (repetition == 0 ? "" : ", reminded %d times".formatted(repetition));
    }

    private static String next(EscalationPath path, int step, Instant now) {
        String when = time(now.plus(path.step(step).timeout()));
        return path.hasStep(step + 1)
                ? "%s, to level %d as well, unless someone acknowledges"
                        .formatted(when, path.step(step + 1).level())
                : when + ", to the same people, unless someone acknowledges";
    }

    private static String contacts(List<Contact> contacts) {
        return contacts.isEmpty()
                ? "- none in the plan"
                : contacts.stream().map(Notices::contact).collect(Collectors.joining("\n"));
    }

    private static String contact(Contact contact) {
        return "- %s%s: %s%s"
                .formatted(
                        contact.name(),
                        contact.role() == null ? "" : " (" + contact.role() + ")",
                        contact.email(),
                        contact.phone() == null ? "" : ", " + contact.phone());
    }

    private static String title(String text) {
        String line = line(text);
        return line.length() > LONGEST_TITLE ? line.substring(0, LONGEST_TITLE - 1) + "…" : line;
    }

    private static String line(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }

    private static String clipped(String text) {
        return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + "…" : text;
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
