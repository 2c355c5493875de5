package io.holdfast.scheduler;

import io.holdfast.events.Topic;

/** Sees to it that a topic exists before something is said on it: a planned site may never have been started. */
@FunctionalInterface
interface RequestTopics {

    void ensure(Topic topic);
}
