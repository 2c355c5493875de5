package io.holdfast.messaging;

import io.holdfast.events.EventCodec;
import io.holdfast.events.Received;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies on the dead-letter topic: its own key, headers and bytes, where it came from and why it is there.
 * A record may be as large as its broker takes, and gains headers here, so what no event would need is cut off: one that
 * could not be written would be tried for ever.
 *
 * @param headers all of them; {@code received} has none of its own any more
 */
public record LaidAside(@Nullable String key, Headers headers, Received received) {

    /** Header: the topic the record came from. */
    public static final String TOPIC = "holdfast-original-topic";

    /** Header: why the record could not be handled, for an operator. */
    public static final String REASON = "holdfast-reason";

    /** Header: how large the record was, where that is more than is kept. */
    public static final String CUT = "holdfast-cut";

    private static final int MOST_KEY = 1024;
    private static final int MOST_REASON = 1024;
    private static final int MOST_HEADERS = 64 * 1024;

    /** @param own the record's headers as they came; of those that are said here it is not believed */
    public static LaidAside of(String topic, @Nullable String key, Headers own, Received received) {
        var headers = new RecordHeaders();
        int size = 0;
        for (Header header : own) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
            if (size <= MOST_HEADERS) {
                headers.add(header);
            }
        }
        headers.remove(TOPIC).remove(REASON).remove(CUT);
        headers.add(TOPIC, bytes(topic)).add(REASON, bytes(first(MOST_REASON, DeadLetters.reason(received))));
        int keyLength = key == null ? 0 : key.length();
        int length = length(received);
        if (keyLength > MOST_KEY || size > MOST_HEADERS || length > EventCodec.MOST_BYTES) {
            headers.add(CUT, bytes(cut(keyLength, size, length)));
        }
        return new LaidAside(key == null ? null : first(MOST_KEY, key), headers, bare(received));
    }

    private static String cut(int key, int headers, int value) {
        return "of %d characters of key, %d bytes of headers and %d bytes of value, ".formatted(key, headers, value)
                + "the first %d, %d and %d are kept".formatted(MOST_KEY, MOST_HEADERS, EventCodec.MOST_BYTES);
    }

    private static int length(Received received) {
        return switch (received) {
            case Received.Known _ -> 0;
            case Received.Unknown unknown -> unknown.original().data().length;
            case Received.Broken broken -> broken.original().data().length;
        };
    }

    private static Received bare(Received received) {
        return switch (received) {
            case Received.Known known -> known;
            case Received.Unknown(String id, String type, var original) ->
                new Received.Unknown(id, type, bare(original));
            case Received.Broken(String reason, var original) -> new Received.Broken(reason, bare(original));
        };
    }

    private static Received.Original bare(Received.Original original) {
        byte[] data = original.data();
        return new Received.Original(
                Map.of(), data.length > EventCodec.MOST_BYTES ? Arrays.copyOf(data, EventCodec.MOST_BYTES) : data);
    }

    private static String first(int most, String text) {
        return text.length() > most ? text.substring(0, most) : text;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
