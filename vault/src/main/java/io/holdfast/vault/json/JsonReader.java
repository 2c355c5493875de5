package io.holdfast.vault.json;

import io.holdfast.vault.model.DamagedException;
import java.math.BigInteger;
import java.time.DateTimeException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON of any size in one pass, field by field; for what is too large or too frequent for {@link JsonObject}.
 * Whatever is malformed is a {@link DamagedException}.
 */
public final class JsonReader {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Reads the value of a field, or skips it. */
    public interface Field {
        void read(String name) throws DamagedException;
    }

    /** Reads the next element of a list. */
    public interface Element {
        void read() throws DamagedException;
    }

    final JsonParser parser;
    final String what;

    private JsonReader(JsonParser parser, String what) {
        this.parser = parser;
        this.what = what;
    }

    /** Reads a document that is one object; {@code what} names it in errors. */
    public static void object(byte[] utf8, String what, Reading reading) throws DamagedException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            JsonReader reader = new JsonReader(parser, what);
            parser.nextToken();
            reading.read(reader);
            reader.end();
        } catch (JacksonException e) {
            throw new DamagedException(what + " is not valid JSON", e);
        }
    }

    /** Before the first value of a document, which is in memory and needs no closing. */
    static JsonReader over(byte[] utf8, String what) {
        return new JsonReader(FACTORY.createParser(ObjectReadContext.empty(), utf8), what);
    }

    /** Reads a document from its first value on. */
    public interface Reading {
        void read(JsonReader json) throws DamagedException;
    }

    /** Reads the object that comes now; each field must be read or skipped. */
    public void fields(Field field) throws DamagedException {
        expect(JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            field.read(name);
        }
    }

    /** Reads the list that comes now; {@code null} is an empty one. */
    public void elements(Element element) throws DamagedException {
        if (isNull()) {
            return;
        }
        expect(JsonToken.START_ARRAY, "a list");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.read();
        }
    }

    public void skip() {
        parser.skipChildren();
    }

    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    public String string() throws DamagedException {
        expect(JsonToken.VALUE_STRING, "a string");
        return parser.getString();
    }

    public <T> T parsed(JsonObject.Parser<T> parsing) throws DamagedException {
        String text = string();
        try {
            return parsing.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw malformed("is malformed", e);
        }
    }

    /** A whole number; unsigned 64-bit values come as their bits. */
    public long number() throws DamagedException {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        BigInteger large = parser.getBigIntegerValue();
        if (large.signum() < 0 || large.bitLength() > Long.SIZE) {
            throw malformed("does not fit 64 bits");
        }
        return large.longValue();
    }

    /** A whole number within the bounds. */
    public int number(int least, int most) throws DamagedException {
        long value = number();
        if (value < least || value > most) {
            throw malformed("is %d, not within %d and %d".formatted(value, least, most));
        }
        return (int) value;
    }

    void expect(JsonToken token, String kind) throws DamagedException {
        if (parser.currentToken() != token) {
            throw malformed("is not " + kind);
        }
    }

    void end() throws DamagedException {
        if (parser.nextToken() != null) {
            throw malformed("is followed by something else");
        }
    }

    private DamagedException malformed(String how) {
        return new DamagedException("%s: %s %s".formatted(what, place(), how));
    }

    private DamagedException malformed(String how, Exception cause) {
        return new DamagedException("%s: %s %s".formatted(what, place(), how), cause);
    }

    private String place() {
        String name = parser.currentName();
        return name == null ? "its content" : "field '%s'".formatted(name);
    }
}
