package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Records as JSON, the one way this project writes and reads them: instants and durations as ISO 8601, unknown fields
 * ignored, every component that is not {@code @Nullable} required, in nested records too, and nothing bent into shape:
 * {@code "5"} is no number and 5 is no text.
 */
public final class EventJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new RequiredUnlessNullable())
            .addModule(new SimpleModule("times")
                    .addDeserializer(Instant.class, new TextOnly<>(Instant.class, Instant::parse))
                    .addDeserializer(Duration.class, new TextOnly<>(Duration.class, Duration::parse)))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                            .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)))
            .withCoercionConfigDefaults(any -> any.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private EventJson() {}

    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if the bytes are no JSON, or a field is missing or wrong, with an operator's text
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return present(MAPPER.readValue(json, type));
        } catch (JacksonException e) {
            throw refused(e);
        }
    }

    /** Reads a record from a tree; see {@link #read(byte[], Class)}. */
    public static <T> T read(JsonNode json, Class<T> type) {
        try {
            return present(MAPPER.treeToValue(json, type));
        } catch (JacksonException e) {
            throw refused(e);
        }
    }

    /** Reads JSON of any shape. */
    public static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw refused(e);
        }
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("the JSON document is null");
        }
        return value;
    }

    private static IllegalArgumentException refused(JacksonException e) {
        String reason =
                e.getCause() instanceof IllegalArgumentException rule ? rule.getMessage() : e.getOriginalMessage();
        String field = field(e);
        return new IllegalArgumentException(
                field.isEmpty() ? reason : "the field '%s' is missing or wrong: %s".formatted(field, reason), e);
    }

    /** The field that could not be read, as a caller writes it: {@code collections[0]}; empty if it is the whole document. */
    public static String field(JacksonException e) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }
}
