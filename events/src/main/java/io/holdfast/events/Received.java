package io.holdfast.events;

import java.util.Map;

/** What a record of a topic turned out to be. Reading never throws, so nothing stops a consumer. */
public sealed interface Received {

    /** An event of this version's contract. */
    record Known(Envelope envelope) implements Received {}

    /** A well-formed event of a type that this version does not know: observers skip it, handlers refuse it. */
    record Unknown(String id, String type, Original original) implements Received {}

    /** Not an event at all; {@code reason} is written for an operator. */
    record Broken(String reason, Original original) implements Received {}

    /** A record as it came, so that it can be handed on unchanged. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Original(Map<String, byte[]> headers, byte[] data) {}
}
