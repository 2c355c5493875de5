package io.holdfast.events;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Events as CloudEvents 1.0 messages: binary content mode is written (attributes as {@code ce_} headers, JSON data);
 * structured mode is read as well, so that a person can publish a request with nothing but a console producer.
 */
public final class EventCodec {

    public static final int MOST_BYTES = 256 * 1024;

    private static final String JSON = "application/json";

    private EventCodec() {}

    /** The attributes of an event as header names and values. */
    public static Map<String, String> headers(Envelope envelope) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", envelope.id());
        headers.put("ce_source", envelope.source());
        headers.put("ce_type", EventTypes.nameOf(envelope.event().getClass()));
        headers.put("ce_time", envelope.time().toString());
        headers.put("ce_subject", envelope.event().key());
        headers.put("ce_correlationid", envelope.correlation());
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
    public static Received read(Map<String, String> headers, byte[] data) {
        try {
            return headers.containsKey("ce_type") ? binary(headers, data) : structured(data);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return new Received.Broken(String.valueOf(e.getMessage()), data);
        }
    }

    private static Received binary(Map<String, String> headers, byte[] data) {
        String type = attribute(headers.get("ce_type"), "ce_type");
        String id = attribute(headers.get("ce_id"), "ce_id");
        Optional<Class<? extends Event>> known = EventTypes.byName(type);
        if (known.isEmpty()) {
            return new Received.Unknown(id, type);
        }
        return known(
                id,
                attribute(headers.get("ce_source"), "ce_source"),
                attribute(headers.get("ce_time"), "ce_time"),
                headers.getOrDefault("ce_correlationid", id),
                EventJson.read(data, known.get()));
    }

    private static Received structured(byte[] data) {
        JsonNode message = EventJson.tree(data);
        String type = attribute(text(message, "type"), "type");
        String id = attribute(text(message, "id"), "id");
        Optional<Class<? extends Event>> known = EventTypes.byName(type);
        if (known.isEmpty()) {
            return new Received.Unknown(id, type);
        }
        String correlation = text(message, "correlationid");
        return known(
                id,
                attribute(text(message, "source"), "source"),
                attribute(text(message, "time"), "time"),
                correlation == null ? id : correlation,
                EventJson.read(message.path("data"), known.get()));
    }

    private static Received known(String id, String source, String time, String correlation, Event event) {
        return new Received.Known(new Envelope(id, source, Instant.parse(time), correlation, event));
    }

    private static String attribute(@Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the CloudEvents attribute %s is missing".formatted(name));
        }
        return value;
    }

    private static @Nullable String text(JsonNode message, String field) {
        JsonNode value = message.path(field);
        return value.isString() ? value.stringValue() : null;
    }
}
