package io.holdfast.sources.postgresql;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tables by pg_dump's patterns: {@code logs}, {@code audit.*}, with {@code *} for any text and {@code ?} for one character;
 * letters outside double quotes are taken as lower case.
 */
record TablePatterns(List<Pattern> patterns) {

    static TablePatterns of(List<String> patterns) {
        return new TablePatterns(patterns.stream().map(TablePatterns::compile).toList());
    }

    private static Pattern compile(String pattern) {
        var regex = new StringBuilder();
        boolean quoted = false;
        boolean hasSchema = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '*') {
                regex.append(".*");
            } else if (!quoted && c == '?') {
                regex.append('.');
            } else {
                hasSchema |= !quoted && c == '.';
                String text = String.valueOf(c);
                regex.append(Pattern.quote(quoted ? text : text.toLowerCase(Locale.ROOT)));
            }
        }
        return Pattern.compile(hasSchema ? regex.toString() : "(?:.*\\.)?" + regex);
    }

    /** @param table as {@code schema.table}, quoted where SQL asks for it */
    boolean matches(String table) {
        String plain = table.replace("\"", "");
        return patterns.stream().anyMatch(pattern -> pattern.matcher(plain).matches());
    }
}
