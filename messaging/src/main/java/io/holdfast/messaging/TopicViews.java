package io.holdfast.messaging;

import io.holdfast.events.Envelope;
import io.holdfast.events.Topic;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes views of topics; a view declared as a bean starts and stops with its service. */
public final class TopicViews {

    private final Map<String, Object> clientProperties;

    TopicViews(Map<String, Object> clientProperties) {
        this.clientProperties = clientProperties;
    }

    public TopicView of(List<Topic> topics, Consumer<Envelope> fold) {
        return new TopicView(clientProperties, topics, fold);
    }
}
