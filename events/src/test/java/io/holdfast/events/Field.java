package io.holdfast.events;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One field of a document, in a nested object too.
 *
 * @param parent JSON pointer of the object that holds it
 */
record Field(String parent, RecordComponent component) {

    /** The fields of the record type that the document has a place for, whether they are there or not. */
    static List<Field> of(Class<?> type, JsonNode document) {
        var fields = new ArrayList<Field>();
        collect(type, document, "", fields);
        return fields;
    }

    private static void collect(Class<?> type, JsonNode document, String parent, List<Field> fields) {
        if (!document.at(parent).isObject() || !type.isRecord()) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            fields.add(new Field(parent, component));
            String own = parent + "/" + component.getName();
            collect(component.getType(), document, own, fields);
            for (int i = 0; i < document.at(own).size() && component.getType() == List.class; i++) {
                collect(elementType(component), document, own + "/" + i, fields);
            }
        }
    }

    static Class<?> elementType(RecordComponent component) {
        return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }

    String name() {
        return component.getName();
    }

    boolean optional() {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** The field's value; a missing node where it is absent. */
    JsonNode in(JsonNode document) {
        return document.at(parent).path(name());
    }

    JsonNode removedFrom(JsonNode document) {
        JsonNode copy = document.deepCopy();
        ((ObjectNode) copy.at(parent)).remove(name());
        return copy;
    }

    JsonNode replacedIn(JsonNode document, JsonNode value) {
        JsonNode copy = document.deepCopy();
        ((ObjectNode) copy.at(parent)).set(name(), value);
        return copy;
    }

    @Override
    public String toString() {
        return parent + "/" + name();
    }
}
