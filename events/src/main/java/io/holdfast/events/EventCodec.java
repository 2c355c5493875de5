package io.holdfast.events;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Events as CloudEvents 1.0 messages: binary content mode is written (attributes as {@code ce_} headers, JSON data);
 * structured mode is read as well, so that a person can publish a request with nothing but a console producer.
 */
public final class EventCodec {

    public static final int MOST_BYTES = 256 * 1024;

    /** Characters of an attribute: they are written again as headers, by whoever hands an event on. */
    static final int MOST_ATTRIBUTE = 1024;

    private static final String JSON = "application/json";

    private EventCodec() {}

    /**
     * The attributes of an event as header names and values.
     *
     * @throws IllegalArgumentException if one exceeds {@link #MOST_ATTRIBUTE}
     */
    public static Map<String, String> headers(Envelope envelope) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", bounded("id", envelope.id()));
        headers.put("ce_source", bounded("source", envelope.source()));
        headers.put("ce_type", EventTypes.nameOf(envelope.event().getClass()));
        headers.put("ce_time", envelope.time().toString());
        headers.put("ce_subject", bounded("subject", envelope.event().key()));
        headers.put("ce_correlationid", bounded("correlationid", envelope.correlation()));
        headers.put("content-type", JSON);
        return headers;
    }

    /**
     * The event itself as JSON.
     *
     * @throws IllegalArgumentException if it exceeds {@link #MOST_BYTES}: what is larger belongs into the vault
     */
    public static byte[] data(Envelope envelope) {
        byte[] data = EventJson.write(envelope.event());
        if (data.length > MOST_BYTES) {
            throw new IllegalArgumentException("the event %s of %s has %d bytes; no event may exceed %d"
                    .formatted(
                            EventTypes.nameOf(envelope.event().getClass()),
                            envelope.event().key(),
                            data.length,
                            MOST_BYTES));
        }
        return data;
    }

    /** Reads a message; whatever it holds, this returns. Header names are compared as written, in lower case. */
    public static Received read(Map<String, byte[]> headers, byte[] data) {
        var original = new Received.Original(headers, data);
        try {
            return headers.containsKey("ce_type") ? binary(original) : structured(original);
        } catch (IllegalArgumentException | JacksonException e) {
            return new Received.Broken(String.valueOf(e.getMessage()), original);
        }
    }

    private static Received binary(Received.Original original) {
        return read(
                name -> {
                    byte[] value = original.headers().get("ce_" + name);
                    return value == null ? null : new String(value, StandardCharsets.UTF_8);
                },
                type -> EventJson.read(original.data(), type),
                original);
    }

    private static Received structured(Received.Original original) {
        JsonNode message = EventJson.tree(original.data());
        return read(
                name -> message.path(name).isString() ? message.path(name).stringValue() : null,
                type -> EventJson.read(message.path("data"), type),
                original);
    }

    private static Received read(
            Function<String, @Nullable String> attributes,
            Function<Class<? extends Event>, Event> data,
            Received.Original original) {
        String type = required(attributes, "type");
        String id = required(attributes, "id");
        Optional<Class<? extends Event>> known = EventTypes.byName(type);
        if (known.isEmpty()) {
            return new Received.Unknown(id, type, original);
        }
        String correlation = attributes.apply("correlationid");
        return new Received.Known(writable(new Envelope(
                id,
                required(attributes, "source"),
                time(required(attributes, "time")),
                correlation == null ? id : correlation,
                data.apply(known.get()))));
    }

    /** What a topology has read it writes again: an event that could not be written must not get that far. */
    private static Envelope writable(Envelope envelope) {
        if (envelope.event().key().isBlank()) {
            throw new IllegalArgumentException("the event's key is empty");
        }
        if (envelope.event() instanceof Request request) {
            RequestLimits.require(request);
        }
        headers(envelope);
        data(envelope);
        return envelope;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "the CloudEvents attribute 'time' is no instant such as 2026-11-21T09:30:00Z: '%s'".formatted(text),
                    e);
        }
    }

    private static String required(Function<String, @Nullable String> attributes, String name) {
        String value = attributes.apply(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the CloudEvents attribute '%s' is missing".formatted(name));
        }
        return bounded(name, value);
    }

    private static String bounded(String name, String value) {
        if (value.length() > MOST_ATTRIBUTE) {
            throw new IllegalArgumentException("the CloudEvents attribute '%s' has %d characters; none may exceed %d"
                    .formatted(name, value.length(), MOST_ATTRIBUTE));
        }
        return value;
    }
}
