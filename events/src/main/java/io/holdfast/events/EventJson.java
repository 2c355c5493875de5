package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records as JSON, the one way this project writes and reads them: instants and durations as ISO 8601, unknown fields
 * ignored, and every component that is not {@code @Nullable} required, in nested records too.
 */
public final class EventJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private EventJson() {}

    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if the bytes are no JSON, or a required field is missing, with an operator's text
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return complete(MAPPER.readValue(json, type), type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    static <T> T read(JsonNode json, Class<T> type) {
        try {
            return complete(MAPPER.treeToValue(json, type), type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    private static <T> T complete(@Nullable T value, Class<T> type) {
        if (value == null) {
            throw new IllegalArgumentException("the JSON document is null");
        }
        require(value, type.getSimpleName());
        return value;
    }

    private static void require(Object value, String where) {
        switch (value) {
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    requireComponent(record, component, where + "." + component.getName());
                }
            }
            case Collection<?> elements -> {
                for (Object element : elements) {
                    requireElement(element, where + "[]");
                }
            }
            case Map<?, ?> map -> requireElement(map.values(), where);
            default -> {}
        }
    }

    private static void requireElement(@Nullable Object element, String where) {
        if (element == null) {
            throw new IllegalArgumentException("the required field %s is missing".formatted(where));
        }
        require(element, where);
    }

    private static void requireComponent(Record record, RecordComponent component, String where) {
        Method accessor = component.getAccessor();
        accessor.trySetAccessible(); // state records are package-private to their service
        Object value;
        try {
            value = accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the accessor of a record cannot be called", e);
        }
        if (value != null) {
            require(value, where);
        } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            throw new IllegalArgumentException("the required field %s is missing".formatted(where));
        }
    }
}
