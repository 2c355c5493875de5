package io.holdfast.vault.json;

import io.holdfast.vault.model.DamagedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object that is changed in places and otherwise written back as it was read, in its order and spelled as Go's
 * encoder does: fields that only other programs know are kept.
 */
public final class JsonEdit {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** What is done to an element of a list. */
    public interface Edit {

        /** Changes it; gives whether it is kept. */
        boolean keeps(JsonEdit element) throws IOException;
    }

    private final ObjectNode object;

    private JsonEdit(ObjectNode object) {
        this.object = object;
    }

    public static JsonEdit parse(byte[] utf8, String what) throws DamagedException {
        try {
            return of(MAPPER.readTree(utf8), what);
        } catch (JacksonException e) {
            throw new DamagedException(what + " is not valid JSON", e);
        }
    }

    private static JsonEdit of(JsonNode node, String what) throws DamagedException {
        if (node instanceof ObjectNode object) {
            return new JsonEdit(object);
        }
        throw new DamagedException(what + " is not a JSON object");
    }

    /** The field's text; empty when it is absent or no text. */
    public String string(String field) {
        JsonNode value = object.get(field);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    /** The field's number; 0 when it is absent or no whole number. */
    public long number(String field) {
        JsonNode value = object.get(field);
        return value != null && value.canConvertToLong() ? value.longValue() : 0;
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        return object.hasNonNull(field);
    }

    /** The texts in a list; what is no text is left out. */
    public List<String> strings(String field) {
        List<String> texts = new ArrayList<>();
        if (object.get(field) instanceof ArrayNode list) {
            list.forEach(each -> {
                if (each.isString()) {
                    texts.add(each.stringValue());
                }
            });
        }
        return texts;
    }

    public JsonEdit set(String field, String value) {
        object.put(field, value);
        return this;
    }

    public JsonEdit set(String field, long value) {
        object.put(field, value);
        return this;
    }

    public JsonEdit set(String field, List<String> values) {
        ArrayNode list = object.putArray(field);
        values.forEach(list::add);
        return this;
    }

    /** As {@link #set}, but an empty list is left out. */
    public JsonEdit setOptional(String field, List<String> values) {
        return values.isEmpty() ? remove(field) : set(field, values);
    }

    public JsonEdit remove(String field) {
        object.remove(field);
        return this;
    }

    /** Edits every object of a list, and keeps those for which the edit says so. */
    public void retain(String field, Edit edit) throws IOException {
        if (object.get(field) instanceof ArrayNode list) {
            for (Iterator<JsonNode> each = list.iterator(); each.hasNext(); ) {
                if (!edit.keeps(of(each.next(), "an element of '%s'".formatted(field)))) {
                    each.remove();
                }
            }
        }
    }

    public byte[] utf8() {
        JsonText out = new JsonText();
        write(out, object);
        return out.utf8();
    }

    private static void write(JsonText out, JsonNode node) {
        switch (node) {
            case ObjectNode object -> {
                out.open('{');
                object.properties().forEach(field -> write(out.key(field.getKey()), field.getValue()));
                out.close('}');
            }
            case ArrayNode list -> {
                out.open('[');
                for (JsonNode each : list) {
                    write(each.isContainer() ? out.element() : out, each);
                }
                out.close(']');
            }
            default -> {
                if (node.isString()) {
                    out.string(node.stringValue());
                } else {
                    out.literal(node.toString());
                }
            }
        }
    }
}
