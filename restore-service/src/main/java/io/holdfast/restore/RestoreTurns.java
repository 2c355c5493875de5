package io.holdfast.restore;

import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreEvent.RestorePlanned;
import io.holdfast.events.RestoreEvent.RestoreWaiting;
import io.holdfast.messaging.Announcer;
import io.holdfast.site.ComponentLeases;
import io.holdfast.site.InUse;
import io.holdfast.site.Journal;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a restore has for itself while it works: the places of its components, all of them from the first to the last; or
 * the one other place that it goes to, for which no component has to be free. One that has to wait says so.
 */
final class RestoreTurns {

    /** Of a restore that is repeated. */
    static final String CUT_OFF =
            "An earlier try was cut off: what it was at may be half restored. Start nothing of the stack before a restore has completed.";

    private final ComponentLeases leases;
    private final Journal journal;
    private final String site;
    private final Announcer announcer;
    private final Set<String> elsewhere = ConcurrentHashMap.newKeySet();

    RestoreTurns(ComponentLeases leases, Journal journal, String site, Announcer announcer) {
        this.leases = leases;
        this.journal = journal;
        this.site = site;
        this.announcer = announcer;
    }

    /** @throws InUse where another is at it */
    Closeable take(RestoreRequested request, RestorePlan plan, Journal.Entry entry) throws IOException, InUse {
        try {
            Optional<String> other = request.elsewhere();
            return other.isPresent()
                    ? place(other.get())
                    : leases.take(plan.steps().stream()
                            .map(RestorePlan.ComponentStep::component)
                            .toList());
        } catch (InUse e) {
            sayThatItWaits(request, entry, e);
            throw e;
        }
    }

    private Closeable place(String place) throws InUse {
        if (!elsewhere.add(place)) {
            throw new InUse(place);
        }
        return () -> elsewhere.remove(place);
    }

    /** Once, however often its turn is asked for. */
    private void sayThatItWaits(RestoreRequested request, Journal.Entry entry, InUse e) throws IOException {
        if (journal.noted(entry, RestoreWaiting.class).isEmpty()) {
            var waiting = new RestoreWaiting(
                    request.restore(),
                    request.stack(),
                    site,
                    "HF-R15",
                    "The restore %s waits: another backup or restore is at %s. %s It goes on by itself once that has ended. 'holdfast backups' shows what is under way; a restore into another directory need not wait."
                            .formatted(request.restore(), e.getMessage(), touched(entry)));
            journal.note(entry, waiting);
            announcer.announce(waiting, entry.correlation());
        }
    }

    private String touched(Journal.Entry entry) throws IOException {
        return journal.noted(entry, RestorePlanned.class).isEmpty() ? "Nothing was touched yet." : CUT_OFF;
    }
}
