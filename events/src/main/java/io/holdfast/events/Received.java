package io.holdfast.events;

/** What a record of a topic turned out to be. Reading never throws, so nothing stops a consumer. */
public sealed interface Received {

    /** An event of this version's contract. */
    record Known(Envelope envelope) implements Received {}

    /** A well-formed event of a type that this version does not know: observers skip it, handlers refuse it. */
    record Unknown(String id, String type) implements Received {}

    /** Not an event at all. {@code reason} is written for an operator; {@code payload} is kept as it came. */
    record Broken(String reason, byte[] payload) implements Received {}
}
