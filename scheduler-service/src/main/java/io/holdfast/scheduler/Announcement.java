package io.holdfast.scheduler;

import io.holdfast.events.Event;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;

/**
 * What the scheduler decided to say.
 *
 * @param about the recovery point it concerns: its correlation
 */
record Announcement(Topic topic, Event event, RecoveryPointId about) {

    static Announcement fact(Event event, RecoveryPointId about) {
        return new Announcement(Topics.of(event), event, about);
    }

    static Announcement request(String site, Request request, RecoveryPointId about) {
        return new Announcement(Topics.requests(site), request, about);
    }
}
