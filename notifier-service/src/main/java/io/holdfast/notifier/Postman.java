package io.holdfast.notifier;

import io.holdfast.events.NoticeEvent;
import io.holdfast.events.NoticeEvent.NoticeFailed;
import io.holdfast.events.NoticeEvent.NoticeRequested;
import io.holdfast.events.NoticeEvent.NoticeSent;
import io.holdfast.events.NoticeId;
import io.holdfast.events.PlanRecord.MailServer;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.BrokerUnavailable;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works the outbox off, one mail after the other: sends, settles, announces, in this order. A failure delays what it
 * concerns, and the whole round only when any other mail would fare the same.
 */
final class Postman {

    private static final Logger log = LoggerFactory.getLogger(Postman.class);
    private static final String SERVER = "the server";

    private final Outbox outbox;
    private final Supplier<Optional<MailServer>> server;
    private final BiFunction<MailServer, NoticeRequested, Delivery> mailer;
    private final Announcer announcer;
    private final Clock clock;
    private final Duration noticesExpireAfter;
    private final Retries retries;
    private final Map<NoticeId, String> lastFailure = new HashMap<>();

    Postman(
            Outbox outbox,
            Supplier<Optional<MailServer>> server,
            BiFunction<MailServer, NoticeRequested, Delivery> mailer,
            Announcer announcer,
            Clock clock,
            NotifierSettings settings) {
        this.outbox = outbox;
        this.server = server;
        this.mailer = mailer;
        this.announcer = announcer;
        this.clock = clock;
        this.noticesExpireAfter = settings.noticesExpireAfter();
        this.retries = new Retries(settings.firstRetry(), settings.longestRetry());
    }

    /** Goes once through what is due. */
    synchronized void round() {
        for (Waiting waiting : outbox.waiting()) {
            NoticeId notice = waiting.notice().notice();
            if (retries.isDue(notice.value(), clock.instant())) {
                try {
                    work(waiting);
                } catch (BrokerUnavailable | UncheckedIOException e) {
                    log.warn("The notice {} waits: {}", notice, e.getMessage());
                    retries.failed(notice.value(), clock.instant());
                }
            }
        }
    }

    /** Another server may take what the last one did not. */
    synchronized void serverChanged() {
        retries.reset();
    }

    private void work(Waiting waiting) {
        NoticeId notice = waiting.notice().notice();
        Optional<Outcome> settled = outbox.outcome(notice);
        if (settled.isPresent()) {
            conclude(waiting, settled.get());
        } else if (retries.isDue(SERVER, clock.instant())) {
            take(waiting, deliver(waiting));
        }
    }

    private Delivery deliver(Waiting waiting) {
        if (waiting.cameTooLate(noticesExpireAfter)) {
            return new Delivery.Refused(
                    "HF-N06",
                    "The notice of %s reached the mailer only at %s and is not sent any more. The incident itself is on topic holdfast.incidents."
                            .formatted(waiting.notice().at(), waiting.acceptedAt()));
        }
        return server.get()
                .map(planned -> mailer.apply(planned, waiting.notice()))
                .orElseGet(() -> new Delivery.Postponed(
                        "HF-N01",
                        "The plan names no mail server, so nobody can be told. Notices are kept and sent once a plan with a mail section is published.",
                        true));
    }

    private void take(Waiting waiting, Delivery delivery) {
        NoticeRequested notice = waiting.notice();
        Instant now = clock.instant();
        switch (delivery) {
            case Delivery.Delivered _ -> {
                retries.succeeded(SERVER);
                settle(
                        waiting,
                        new Outcome.Sent(new NoticeSent(notice.notice(), notice.incident(), notice.address(), now)));
            }
            case Delivery.Refused(String code, String message) -> {
                log.error("{} {}", code, message);
                settle(waiting, new Outcome.GivenUp(failed(notice, code, message, true, now)));
            }
            case Delivery.Postponed(String code, String message, boolean anyMail) -> {
                retries.failed(anyMail ? SERVER : notice.notice().value(), now);
                if (!code.equals(lastFailure.put(notice.notice(), code))) {
                    log.warn("{} {}", code, message);
                    announcer.announce(failed(notice, code, message, false, now), waiting.correlation());
                }
            }
        }
    }

    private void settle(Waiting waiting, Outcome outcome) {
        outbox.settle(outcome);
        conclude(waiting, outcome);
    }

    private void conclude(Waiting waiting, Outcome outcome) {
        NoticeEvent event = outcome.event();
        announcer.announce(event, waiting.correlation());
        outbox.finish(event.notice());
        retries.succeeded(event.notice().value());
        lastFailure.remove(event.notice());
    }

    private static NoticeFailed failed(
            NoticeRequested notice, String code, String message, boolean permanent, Instant at) {
        return new NoticeFailed(notice.notice(), notice.incident(), notice.address(), code, message, permanent, at);
    }
}
