package io.holdfast.worker;

import io.holdfast.events.Envelope;
import io.holdfast.events.Received;
import io.holdfast.events.Request;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.Request.ManifestRequested;
import io.holdfast.events.Request.RecoveryPointRequested;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.Topics;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.DeadLetters;
import io.holdfast.site.Journal;
import io.holdfast.site.Journal.Acceptance;
import io.holdfast.site.JournalWorker;
import io.holdfast.vault.feedback.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;

/**
 * Takes the site's requests into the journal and returns at once, so that a capture of hours blocks nobody. The record
 * is acknowledged when this returns; if the journal cannot be written it throws, and the record is offered again.
 *
 * <p>This service answers for the site's request topic: what is no request, or is one for the
 * scheduler, lands in the dead letters here.
 */
final class BackupRequests implements Consumer<Message<Received>> {

    private final Journal journal;
    private final JournalWorker captures;
    private final String site;
    private final Announcer announcer;
    private final DeadLetters deadLetters;
    private final Clock clock;

    BackupRequests(
            Journal journal,
            JournalWorker captures,
            String site,
            Announcer announcer,
            DeadLetters deadLetters,
            Clock clock) {
        this.journal = journal;
        this.captures = captures;
        this.site = site;
        this.announcer = announcer;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    @Override
    public void accept(Message<Received> message) {
        Received received = message.getPayload();
        if (received instanceof Received.Known(Envelope envelope) && envelope.event() instanceof Request request) {
            try {
                on(request, envelope.correlation(), message);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "HF-W03 The journal of the snapshot worker cannot be written: %s.".formatted(Problem.reason(e)),
                        e);
            }
        } else {
            setAside(message);
        }
    }

    private void setAside(Message<Received> message) {
        String key = message.getHeaders().get(KafkaHeaders.RECEIVED_KEY, String.class);
        deadLetters.setAside(Topics.requests(site).name(), key, message.getPayload());
    }

    private void on(Request request, String correlation, Message<Received> message) throws IOException {
        switch (request) {
            case BackupRequested backup
            when comesTooLate(backup) -> all(backup).forEach(one -> announcer.announce(one.tooLate(), correlation));
            case BackupRequested backup -> {
                if (take(backup.backup().value(), backup.attempt(), backup, correlation)) {
                    all(backup).forEach(one -> announcer.announce(one.accepted(), correlation));
                    captures.submit(backup.backup().value());
                }
            }
            case ManifestRequested manifest -> {
                String id = "manifest-" + manifest.recoveryPoint();
                if (take(id, 1, manifest, correlation)) {
                    captures.submit(id);
                }
            }
            case RecoveryPointRequested _ -> setAside(message);
            case RestoreRequested _ -> {}
        }
    }

    private boolean take(String id, int attempt, Request request, String correlation) throws IOException {
        var entry = new Journal.Entry(id, attempt, correlation, clock.instant(), request);
        return journal.accept(entry) != Acceptance.FINISHED;
    }

    /** What was taken in before is only being delivered again. */
    private boolean comesTooLate(BackupRequested backup) throws IOException {
        return clock.instant().isAfter(backup.expires())
                && !journal.knows(backup.backup().value(), backup.attempt());
    }

    private List<OneBackup> all(BackupRequested request) {
        return OneBackup.of(request, site);
    }
}
