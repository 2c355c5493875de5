package io.holdfast.notifier;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with {@code {places}} to fill. */
record Template(String text) {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

    static Template named(String name) {
        String resource = "/holdfast/notices/" + name + ".txt";
        try (InputStream file = Template.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("the resource %s is missing".formatted(resource));
            }
            return new Template(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text with every place filled; what is filled in is taken as it is. */
    String filled(Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(value(values, place.group(1))));
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a template asks for {%s}, which nothing fills".formatted(name));
        }
        return value;
    }
}
