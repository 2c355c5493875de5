package io.holdfast.vault.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Writes JSON objects and lists in the order given, spelled as Go's encoder does. */
public final class JsonText {

    private final StringBuilder out = new StringBuilder();
    private boolean first = true;

    public JsonText open(char bracket) {
        out.append(bracket);
        first = true;
        return this;
    }

    public JsonText close(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    public JsonText key(String name) {
        element();
        quoted(name);
        out.append(':');
        first = true;
        return this;
    }

    public JsonText string(String value) {
        element();
        quoted(value);
        return this;
    }

    public JsonText number(long value) {
        element();
        out.append(value);
        return this;
    }

    public JsonText unsigned(long value) {
        element();
        out.append(Long.toUnsignedString(value));
        return this;
    }

    public JsonText bool(boolean value) {
        element();
        out.append(value);
        return this;
    }

    public JsonText nothing() {
        return literal("null");
    }

    /** A number, a truth value or null, as it is spelled already. */
    JsonText literal(String spelled) {
        element();
        out.append(spelled);
        return this;
    }

    public JsonText field(String name, String value) {
        return key(name).string(value);
    }

    public JsonText field(String name, long value) {
        return key(name).number(value);
    }

    public JsonText field(String name, Instant value) {
        return field(name, value, ZoneOffset.UTC);
    }

    /** A time with its own offset, for readers to whom the hour of the day matters. */
    public JsonText field(String name, Instant value, ZoneOffset offset) {
        return key(name).string(GoTime.format(value, offset));
    }

    /** Leaves the field out when the value is empty. */
    public JsonText optional(String name, String value) {
        return value.isEmpty() ? this : field(name, value);
    }

    /** Leaves the field out when the value is 0; writes it unsigned. */
    public JsonText optional(String name, long value) {
        return value == 0 ? this : key(name).unsigned(value);
    }

    public JsonText optional(String name, List<String> values) {
        return values.isEmpty() ? this : field(name, values);
    }

    public JsonText field(String name, List<String> values) {
        key(name).open('[');
        values.forEach(this::string);
        return close(']');
    }

    public JsonText newline() {
        out.append('\n');
        return this;
    }

    public byte[] utf8() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Separates what follows from what went before; only needed before an object or list within a list. */
    public JsonText element() {
        if (!first) {
            out.append(',');
        }
        first = false;
        return this;
    }

    private void quoted(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char ch = value.charAt(i);
            switch (ch) {
                case '"', '\\' -> out.append('\\').append(ch);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' -> escaped(ch);
                default -> {
                    if (ch < ' ') {
                        escaped(ch);
                    } else {
                        out.append(ch);
                    }
                }
            }
        }
        out.append('"');
    }

    private void escaped(char ch) {
        out.append("\\u%04x".formatted((int) ch));
    }
}
