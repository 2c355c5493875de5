package io.holdfast.notifier;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.holdfast.events.NoticeEvent;
import io.holdfast.events.NoticeEvent.NoticeFailed;
import io.holdfast.events.NoticeEvent.NoticeSent;

/** How a notice ended; kept so that the same is announced again after a crash, and nothing is sent again. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
sealed interface Outcome {

    NoticeEvent event();

    @JsonTypeName("sent")
    record Sent(NoticeSent event) implements Outcome {}

    @JsonTypeName("given-up")
    record GivenUp(NoticeFailed event) implements Outcome {}
}
