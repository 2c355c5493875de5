package io.holdfast.sources.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which files make up an append-only file, since Redis 7: a line each of {@code file NAME seq N type T}, where the type is
 * {@code b} (base), {@code i} (increment) or {@code h} (history, which is not needed).
 */
record AofManifest(List<String> parts) {

    private static final Pattern LINE =
            Pattern.compile("file (?:\"([^\"/\\\\]+)\"|([^\\s\"/]+)) seq \\d+ type ([bhi])(?: .*)?");

    AofManifest {
        parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException if it is none; the text is the end of a sentence */
    static AofManifest parse(String text) {
        var parts = new ArrayList<String>();
        int bases = 0;
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("has a line that is none of a manifest");
            }
            String type = matcher.group(3);
            bases += type.equals("b") ? 1 : 0;
            if (!type.equals("h")) {
                parts.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            }
        }
        if (parts.isEmpty() || bases > 1) {
            throw new IllegalArgumentException(parts.isEmpty() ? "names no file" : "names more than one base");
        }
        return new AofManifest(parts);
    }
}
