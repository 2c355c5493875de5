package io.holdfast.notifier;

import io.holdfast.events.NoticeEvent.NoticeRequested;
import java.time.Duration;
import java.time.Instant;

/** A notice that was taken in and is not settled yet. */
record Waiting(NoticeRequested notice, String correlation, Instant acceptedAt) {

    /** Whether it was old news already when it was taken in, as when a topic is read again from its start. */
    boolean cameTooLate(Duration expiresAfter) {
        return notice.at().plus(expiresAfter).isBefore(acceptedAt);
    }
}
