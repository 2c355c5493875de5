package io.holdfast.vault.json;

import io.holdfast.vault.model.DamagedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/**
 * The elements of a list in a document that is one object, read one after the other; nothing else in the document is
 * looked at. A list that is absent is empty.
 */
public final class JsonElements<T> {

    /** Reads the element that comes now. */
    public interface Reading<T> {
        T read(JsonReader json) throws DamagedException;
    }

    private final JsonReader json;
    private final String field;
    private final Reading<T> reading;
    private boolean isStarted;
    private boolean isEnded;

    /** @param field the list's name */
    public JsonElements(byte[] utf8, String what, String field, Reading<T> reading) {
        json = JsonReader.over(utf8, what);
        this.field = field;
        this.reading = reading;
    }

    /** The next element; null when there is none, and the document has ended as it should. */
    public @Nullable T next() throws DamagedException {
        try {
            boolean found = isStarted ? !isEnded && json.parser.nextToken() != JsonToken.END_ARRAY : start();
            while (!found && !isEnded && findList()) {
                found = json.parser.nextToken() != JsonToken.END_ARRAY;
            }
            return found ? reading.read(json) : null;
        } catch (JacksonException e) {
            throw new DamagedException(json.what + " is not valid JSON", e);
        }
    }

    private boolean start() throws DamagedException {
        isStarted = true;
        json.parser.nextToken();
        json.expect(JsonToken.START_OBJECT, "an object");
        return false;
    }

    private boolean findList() throws DamagedException {
        while (json.parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = json.parser.currentName().equals(field);
            json.parser.nextToken();
            if (wanted && !json.isNull()) {
                json.expect(JsonToken.START_ARRAY, "a list");
                return true;
            }
            json.skip();
        }
        json.end();
        isEnded = true;
        return false;
    }
}
