package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the records say about their JSON, as JSON schemas without words. */
final class PayloadSchema {

    private static final Map<Class<?>, String> FORMS = Map.of(
            ComponentId.class, Names.FORM + "/" + Names.FORM,
            RecoveryPointId.class, Identifiers.FORM,
            BackupId.class, Identifiers.FORM,
            RestoreId.class, Identifiers.FORM,
            IncidentId.class, Identifiers.FORM,
            NoticeId.class, Identifiers.FORM,
            SnapshotRef.class, SnapshotRef.FORM);

    private final Map<String, Map<String, Object>> schemas = new TreeMap<>();
    private final Map<String, Class<?>> types = new HashMap<>();

    private PayloadSchema() {}

    /** The schemas of all events and of everything they are made of, by simple name. */
    static Map<String, Map<String, Object>> ofAllEvents() {
        var all = new PayloadSchema();
        EventTypes.all().forEach(all::of);
        return all.schemas;
    }

    private Map<String, Object> of(Type type) {
        return switch (type) {
            case Class<?> text when text == String.class -> Map.of("type", "string");
            case Class<?> truth when truth == boolean.class || truth == Boolean.class -> Map.of("type", "boolean");
            case Class<?> number when number == int.class -> Map.of("type", "integer", "format", "int32");
            case Class<?> number
            when number == long.class || number == Long.class -> Map.of("type", "integer", "format", "int64");
            case Class<?> time when time == Instant.class -> Map.of("type", "string", "format", "date-time");
            case Class<?> time when time == Duration.class -> Map.of("type", "string", "format", "duration");
            case Class<?> any when any == JsonNode.class -> Map.of("type", "object");
            case Class<?> named -> reference(named);
            case ParameterizedType list
            when list.getRawType() == List.class ->
                Map.of("type", "array", "items", of(list.getActualTypeArguments()[0]));
            default -> throw new IllegalArgumentException("no schema is known for " + type);
        };
    }

    private Map<String, Object> reference(Class<?> type) {
        String name = type.getSimpleName();
        if (types.getOrDefault(name, type) != type) {
            throw new IllegalStateException("%s and %s need names of their own".formatted(types.get(name), type));
        }
        types.put(name, type);
        if (!schemas.containsKey(name)) {
            schemas.put(name, Map.of());
            schemas.put(name, definition(type));
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private Map<String, Object> definition(Class<?> type) {
        if (type.isEnum()) {
            List<String> names =
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
            return Map.of("type", "string", "enum", names);
        }
        String form = FORMS.get(type);
        if (form != null) {
            return Map.of("type", "string", "pattern", "^" + form + "$");
        }
        if (!type.isRecord() || Arrays.stream(type.getDeclaredMethods()).anyMatch(PayloadSchema::isValue)) {
            throw new IllegalArgumentException("no schema is known for " + type);
        }
        return object(type);
    }

    private Map<String, Object> object(Class<?> type) {
        var required = new ArrayList<String>();
        var properties = new LinkedHashMap<String, Object>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), of(component.getGenericType()));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            }
        }
        return Map.of("type", "object", "required", required, "properties", properties);
    }

    private static boolean isValue(Method method) {
        return method.isAnnotationPresent(JsonValue.class);
    }
}
