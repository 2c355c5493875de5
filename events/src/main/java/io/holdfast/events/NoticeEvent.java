package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;

/** Messages to people. */
public sealed interface NoticeEvent extends Event {

    NoticeId notice();

    String address();

    @Override
    default String key() {
        return address();
    }

    /**
     * Someone is to be told.
     *
     * @param title one line, without line breaks
     */
    @JsonTypeName("notice-requested.v1")
    record NoticeRequested(
            NoticeId notice, IncidentId incident, int level, String address, String title, String body, Instant at)
            implements NoticeEvent {}

    @JsonTypeName("notice-sent.v1")
    record NoticeSent(NoticeId notice, IncidentId incident, String address, Instant at) implements NoticeEvent {}

    /** The mail server did not take it; it is tried again unless {@code permanent}. */
    @JsonTypeName("notice-failed.v1")
    record NoticeFailed(
            NoticeId notice,
            IncidentId incident,
            String address,
            String code,
            String message,
            boolean permanent,
            Instant at)
            implements NoticeEvent {}
}
