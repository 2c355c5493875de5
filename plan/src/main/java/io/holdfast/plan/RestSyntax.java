package io.holdfast.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the parts of a call must look like. Each check hands out what it was given. */
final class RestSyntax {

    static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)*");
    private static final Pattern PATH = Pattern.compile("/[\\p{Graph}&&[^#\\\\\"<>^`|]]*");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_|~-]+");
    private static final Set<String> HEADERS_OF_HTTP = Set.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "content-encoding",
            "transfer-encoding",
            "expect",
            "te",
            "trailer",
            "upgrade",
            "accept",
            "accept-encoding",
            "range");

    private RestSyntax() {}

    static String method(String method) {
        Names.require(METHODS.contains(method), "'%s' is not one of %s", method, String.join(", ", METHODS));
        return method;
    }

    static String pointer(String pointer) {
        Names.require(
                POINTER.matcher(pointer).matches(),
                "'%s' is not a JSON pointer: it begins with a slash, as in /result/name",
                Values.shown(pointer));
        return pointer;
    }

    static String path(String path) {
        Names.require(PATH.matcher(path).matches(), "'%s' is not a path that begins with a slash", Values.shown(path));
        return path;
    }

    static String header(String name) {
        Names.require(HEADER.matcher(name).matches(), "'%s' is not the name of a header", Values.shown(name));
        Names.require(
                !HEADERS_OF_HTTP.contains(name.toLowerCase(Locale.ROOT)), "the header %s belongs to HTTP itself", name);
        return name;
    }

    static void pointers(@Nullable String... pointers) {
        for (String pointer : pointers) {
            if (pointer != null) {
                pointer(pointer);
            }
        }
    }
}
