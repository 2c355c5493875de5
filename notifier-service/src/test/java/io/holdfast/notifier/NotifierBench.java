package io.holdfast.notifier;

import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.IncidentEvent;
import io.holdfast.events.NoticeEvent.NoticeRequested;
import io.holdfast.events.Topics;
import io.holdfast.messaging.testing.TopologyBench;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.Topology;

/** The notifier's topology on a bench. */
final class NotifierBench extends TopologyBench {

    NotifierBench(Path state, Instant now) {
        super(topology(state), state, now);
    }

    static Topology topology(Path state) {
        return topology("notifier", "notifying", received -> NotifierTopology.notify(received, Given.settings(state)));
    }

    NotifierBench restarted(Path state) {
        return handOver(new NotifierBench(state, now()), IncidentWatch.INCIDENTS, IncidentWatch.PATH);
    }

    Envelope receive(Event event) {
        var envelope = new Envelope("id", "/test", now(), "correlation", event);
        receive(envelope);
        return envelope;
    }

    List<IncidentEvent> incidents() {
        return events(Topics.INCIDENTS, IncidentEvent.class);
    }

    List<NoticeRequested> notices() {
        return events(Topics.NOTICES, NoticeRequested.class);
    }
}
