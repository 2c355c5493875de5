package io.holdfast.restore;

import io.holdfast.events.Envelope;
import io.holdfast.events.Received;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreEvent.RestoreAccepted;
import io.holdfast.events.RestoreEvent.RestoreRefused;
import io.holdfast.messaging.Announcer;
import io.holdfast.site.Journal;
import io.holdfast.site.Journal.Acceptance;
import io.holdfast.site.JournalWorker;
import io.holdfast.vault.feedback.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.function.Consumer;

/** Takes operators' restores into the journal and returns at once. A restore that comes too late is refused. */
final class RestoreRequests implements Consumer<Received> {

    private final Journal journal;
    private final JournalWorker restores;
    private final String site;
    private final Announcer announcer;
    private final Clock clock;

    RestoreRequests(Journal journal, JournalWorker restores, String site, Announcer announcer, Clock clock) {
        this.journal = journal;
        this.restores = restores;
        this.site = site;
        this.announcer = announcer;
        this.clock = clock;
    }

    @Override
    public void accept(Received received) {
        if (received instanceof Received.Known(Envelope envelope)
                && envelope.event() instanceof RestoreRequested request) {
            on(request, envelope.correlation());
        }
    }

    private void on(RestoreRequested request, String correlation) {
        try {
            String id = request.restore().value();
            if (clock.instant().isAfter(request.expires()) && !journal.knows(id, 1)) {
                refuse(request, correlation);
                return;
            }
            var entry = new Journal.Entry(id, 1, correlation, clock.instant(), request);
            if (journal.accept(entry) != Acceptance.FINISHED) {
                announcer.announce(
                        new RestoreAccepted(
                                request.restore(), request.stack(), site, request.requestedBy(), request.reason()),
                        correlation);
                restores.submit(id);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "HF-R02 The journal of the restore service cannot be written: %s.".formatted(Problem.reason(e)), e);
        }
    }

    private void refuse(RestoreRequested request, String correlation) {
        announcer.announce(
                new RestoreRefused(
                        request.restore(),
                        request.stack(),
                        site,
                        "HF-R01",
                        "The restore %s came after its expiry at %s. Nothing was touched. Ask for it again if it is still wanted."
                                .formatted(request.restore(), request.expires())),
                correlation);
    }
}
