package io.holdfast.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Sources as JSON. Paths are written as they are, not as URIs. */
final class SourceJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .addModule(new SimpleModule()
                    .addSerializer(Path.class, new ToStringSerializer(Path.class))
                    .addDeserializer(Path.class, new FromStringDeserializer<>(Path.class) {
                        @Override
                        protected Path _deserialize(String value, DeserializationContext context) {
                            return Path.of(value);
                        }
                    }))
            .build();

    private SourceJson() {}

    static String kind(Source source) {
        return kind(source.getClass());
    }

    static JsonNode write(Source source) {
        return MAPPER.valueToTree(source);
    }

    static Source read(JsonNode json) {
        String kind = json.path("kind").asString("");
        Class<?> type = Stream.of(Source.class.getPermittedSubclasses())
                .filter(candidate -> kind(candidate).equals(kind))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("the kind of source '%s' is not known".formatted(kind)));
        requireFields(json, type, kind);
        try {
            return Objects.requireNonNull(MAPPER.treeToValue(json, Source.class), "the source is null");
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the %s source cannot be read: %s".formatted(kind, e.getOriginalMessage()), e);
        }
    }

    private static String kind(Class<?> type) {
        return Objects.requireNonNull(type.getAnnotation(JsonTypeName.class), type.getName())
                .value();
    }

    private static void requireFields(JsonNode json, Class<?> type, String where) {
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode field = json.path(component.getName());
            if (field.isNull() || field.isMissingNode()) {
                Names.require(
                        component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                        "the source's field %s.%s is missing",
                        where,
                        component.getName());
            } else if (component.getType().isRecord() && field.isObject()) {
                requireFields(field, component.getType(), where + "." + component.getName());
            }
        }
    }
}
