package io.holdfast.console.plan;

import io.holdfast.console.view.PlanView;
import io.holdfast.console.view.Readiness;
import io.holdfast.events.Envelope;
import io.holdfast.events.EventCodec;
import io.holdfast.events.PlanRecord;
import io.holdfast.events.PlanRecord.PlanPublished;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.Topics;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.messaging.EventPublisher;
import io.holdfast.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Puts a plan in force: writes its records, retires those it no longer has, and last the text, whose record tells that
 * the revision is whole. Should the broker fail in between, publishing the plan again completes it.
 */
public final class PlanPublisher {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventPublisher publisher;
    private final Announcer announcer;
    private final PlanView view;
    private final Readiness readiness;

    public PlanPublisher(EventPublisher publisher, Announcer announcer, PlanView view, Readiness readiness) {
        this.publisher = publisher;
        this.announcer = announcer;
        this.view = view;
        this.readiness = readiness;
    }

    /**
     * The plan in force, as it was published; empty if none ever was.
     *
     * @throws BrokerUnavailable if the topic of the plan could not be read within half a minute
     */
    public Optional<PlanPublished> inForce() {
        if (!readiness.await(PATIENCE)) {
            throw new BrokerUnavailable(
                    "HF-C03 The plan in force could not be read from the broker within %d seconds, so none was published."
                            .formatted(PATIENCE.toSeconds()),
                    null);
        }
        return view.published();
    }

    /** Its revision; 0 if none was ever published. */
    public long currentRevision() {
        return inForce().map(PlanPublished::revision).orElse(0L);
    }

    /**
     * Publishes a plan, unless its text is already in force.
     *
     * @param text as its operator wrote it
     * @param replaces the revision it was made from; 0 for the first
     * @param by who publishes it
     * @throws BrokerUnavailable if the broker does not take all of it; publishing it again is harmless
     */
    public synchronized Publication publish(Plan plan, String text, long replaces, String by) {
        Optional<PlanPublished> current = inForce();
        long inForce = current.map(PlanPublished::revision).orElse(0L);
        if (current.filter(published -> published.text().equals(text)).isPresent()) {
            return new Publication.Unchanged(inForce);
        }
        if (replaces != inForce) {
            return new Publication.Stale(inForce);
        }
        long revision = inForce + 1;
        List<PlanRecord> planned = PlanRecords.of(plan, revision, view);
        SortedMap<String, PlanRecord> before = view.inForce();
        List<String> consequences = Consequences.of(before, planned);
        var envelopes = new ArrayList<Envelope>();
        for (PlanRecord record : whole(planned, before.keySet(), new PlanPublished(revision, inForce, text, by))) {
            Envelope envelope = announcer.envelope(record, "plan-" + revision);
            try {
                EventCodec.data(envelope);
            } catch (IllegalArgumentException e) {
                return new Publication.TooLarge(inForce, String.valueOf(e.getMessage()));
            }
            envelopes.add(envelope);
        }
        for (Envelope envelope : envelopes) {
            publisher.publish(Topics.PLAN, envelope);
            view.on(envelope);
        }
        return new Publication.Published(revision, consequences);
    }

    private static List<PlanRecord> whole(List<PlanRecord> planned, Set<String> before, PlanPublished published) {
        var records = new ArrayList<>(planned);
        var gone = new TreeSet<>(before);
        planned.forEach(record -> gone.remove(record.key()));
        gone.forEach(key -> records.add(new Retired(key, published.revision())));
        records.add(published);
        return records;
    }
}
