package io.holdfast.events;

import java.time.DateTimeException;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Times as ISO 8601 text and nothing else: a number could mean seconds as well as milliseconds. */
final class TextOnly<T> extends StdScalarDeserializer<T> {

    private final Function<String, T> parse;

    TextOnly(Class<T> type, Function<String, T> parse) {
        super(type);
        this.parse = parse;
    }

    @Override
    @SuppressWarnings("unchecked") // both calls to the context only throw
    public T deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (T) context.handleUnexpectedToken(getValueType(context), parser);
        }
        String text = parser.getString();
        try {
            return parse.apply(text);
        } catch (DateTimeException e) {
            return (T) context.handleWeirdStringValue(handledType(), text, "not in ISO 8601 form");
        }
    }
}
