package io.holdfast.vault.tar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The records of extended headers.
 *
 * <pre>
 * header = { length " " keyword "=" value "\n" }          length in bytes of the whole record, itself included
 * </pre>
 *
 * Values are bytes: a name need not be text, and the value of an attribute may be anything.
 */
final class PaxRecords {

    private static final int LENGTH_DIGITS = 7;

    private final Map<String, byte[]> values = new HashMap<>();

    /** The pairs of offset and length of the oldest way to tell of holes, which repeats its keywords. */
    private final List<String> sparse = new ArrayList<>();

    PaxRecords() {}

    /** With everything that holds already. */
    PaxRecords(PaxRecords others) {
        values.putAll(others.values);
    }

    /** Adds the records of a header; an empty value takes one back. */
    void add(byte[] header) throws TarFormatException {
        int at = 0;
        while (at < header.length) {
            int space = indexOf(header, ' ', at, Math.min(header.length, at + LENGTH_DIGITS + 1));
            int end = at + length(header, at, space);
            int equals = indexOf(header, '=', space, end);
            if (end > header.length || header[end - 1] != '\n') {
                throw malformed();
            }
            String keyword = new String(header, space + 1, equals - space - 1, StandardCharsets.UTF_8);
            byte[] value = new byte[end - 1 - equals - 1];
            System.arraycopy(header, equals + 1, value, 0, value.length);
            put(keyword, value);
            at = end;
        }
    }

    private void put(String keyword, byte[] value) {
        if (keyword.equals("GNU.sparse.offset") || keyword.equals("GNU.sparse.numbytes")) {
            sparse.add(text(value));
        } else if (value.length == 0) {
            values.remove(keyword);
        } else {
            values.put(keyword, value);
        }
    }

    private static int length(byte[] header, int from, int to) throws TarFormatException {
        int length = 0;
        for (int i = from; i < to; i++) {
            if (header[i] < '0' || header[i] > '9') {
                throw malformed();
            }
            length = 10 * length + header[i] - '0';
        }
        if (length <= to - from + 2 || length > header.length - from) {
            throw malformed();
        }
        return length;
    }

    private static int indexOf(byte[] header, char wanted, int from, int to) throws TarFormatException {
        for (int i = from; i < Math.min(to, header.length); i++) {
            if (header[i] == wanted) {
                return i;
            }
        }
        throw malformed();
    }

    private static TarFormatException malformed() {
        return new TarFormatException("an extended header is malformed");
    }

    boolean has(String keyword) {
        return values.containsKey(keyword);
    }

    Optional<byte[]> bytes(String keyword) {
        return Optional.ofNullable(values.get(keyword));
    }

    Optional<String> text(String keyword) {
        return bytes(keyword).map(PaxRecords::text);
    }

    List<String> sparse() {
        return sparse;
    }

    /** Those whose keyword begins so, without that beginning. */
    void each(String prefix, BiConsumer<String, byte[]> consumer) {
        values.forEach((keyword, value) -> {
            if (keyword.startsWith(prefix)) {
                consumer.accept(keyword.substring(prefix.length()), value);
            }
        });
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
