package io.holdfast.sources.systeminformation;

import java.util.List;
import java.util.regex.Pattern;

/** Takes out of text what usually is a password: behind a name that says so, and in a URL. */
final class LikelySecrets {

    private static final List<Pattern> PATTERNS = List.of(
            Pattern.compile(
                    "(?i)([\\w.-]*(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|credential)[\\w.-]*[\"']?\\s*[=: ]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,;]+)"),
            Pattern.compile("(\\w+://)[^\\s/@]+(?=@)"),
            Pattern.compile("(?i)(authorization:\\s*(?:basic|bearer)?\\s*)[^\\s\"']+"));

    private LikelySecrets() {}

    static String masked(String text) {
        String masked = text;
        for (Pattern pattern : PATTERNS) {
            masked = pattern.matcher(masked).replaceAll("$1***");
        }
        return masked;
    }
}
