package io.holdfast.vault.json;

import io.holdfast.vault.model.DamagedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a JSON object; whatever is malformed or missing is a {@link DamagedException} that names the field. */
public final class JsonObject {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Turns a field's text into a value; an {@link IllegalArgumentException} means that the field is malformed. */
    public interface Parser<T> extends Function<String, T> {}

    private final JsonNode node;

    private JsonObject(JsonNode node) {
        this.node = node;
    }

    public static JsonObject parse(byte[] utf8, String what) throws DamagedException {
        try {
            return of(MAPPER.readTree(utf8), what);
        } catch (JacksonException e) {
            throw new DamagedException(what + " is not valid JSON", e);
        }
    }

    private static JsonObject of(@Nullable JsonNode node, String what) throws DamagedException {
        if (node == null || !node.isObject()) {
            throw new DamagedException(what + " is not a JSON object");
        }
        return new JsonObject(node);
    }

    public boolean has(String field) {
        return node.hasNonNull(field);
    }

    public String string(String field) throws DamagedException {
        JsonNode value = node.get(field);
        if (value == null || !value.isString()) {
            throw new DamagedException("field '%s' is missing or not a string".formatted(field));
        }
        return value.stringValue();
    }

    public String string(String field, String otherwise) throws DamagedException {
        return has(field) ? string(field) : otherwise;
    }

    public <T> T parsed(String field, Parser<T> parser) throws DamagedException {
        try {
            return parser.apply(string(field));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DamagedException("field '%s' is malformed".formatted(field), e);
        }
    }

    public <T> Optional<T> optional(String field, Parser<T> parser) throws DamagedException {
        return has(field) ? Optional.of(parsed(field, parser)) : Optional.empty();
    }

    public Instant time(String field) throws DamagedException {
        return parsed(field, GoTime::parse);
    }

    public OffsetDateTime zonedTime(String field) throws DamagedException {
        return parsed(field, GoTime::parseZoned);
    }

    public boolean bool(String field) {
        return node.path(field).asBoolean(false);
    }

    /** A whole number, 0 when absent; unsigned 64-bit values come as their bits. */
    public long number(String field) throws DamagedException {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return 0;
        }
        if (!value.isIntegralNumber()) {
            throw new DamagedException("field '%s' is not a whole number".formatted(field));
        }
        return value.isBigInteger() ? unsigned(value, field) : value.longValue();
    }

    /** A whole number within the bounds. */
    public int number(String field, int least, int most) throws DamagedException {
        long value = number(field);
        if (value < least || value > most) {
            throw new DamagedException("field '%s' is %d, not within %d and %d".formatted(field, value, least, most));
        }
        return (int) value;
    }

    public List<String> strings(String field) throws DamagedException {
        List<String> values = new ArrayList<>();
        for (JsonNode each : list(field)) {
            if (!each.isString()) {
                throw new DamagedException("field '%s' holds something that is not a string".formatted(field));
            }
            values.add(each.stringValue());
        }
        return List.copyOf(values);
    }

    public List<JsonObject> objects(String field) throws DamagedException {
        List<JsonObject> values = new ArrayList<>();
        for (JsonNode each : list(field)) {
            values.add(of(each, "an element of '%s'".formatted(field)));
        }
        return values;
    }

    public JsonObject object(String field) throws DamagedException {
        return of(node.get(field), "field '%s'".formatted(field));
    }

    private Iterable<JsonNode> list(String field) throws DamagedException {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw new DamagedException("field '%s' is not a list".formatted(field));
        }
        return value;
    }

    private static long unsigned(JsonNode value, String field) throws DamagedException {
        var number = value.bigIntegerValue();
        if (number.signum() < 0 || number.bitLength() > 64) {
            throw new DamagedException("field '%s' does not fit 64 bits".formatted(field));
        }
        return number.longValue();
    }
}
