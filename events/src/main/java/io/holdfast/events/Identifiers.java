package io.holdfast.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The one rule for identifiers: they become keys, file names and tags. */
public final class Identifiers {

    static final String FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,199}";

    private static final Pattern IDENTIFIER = Pattern.compile(FORM);

    private Identifiers() {}

    static void require(String what, String value) {
        if (!IDENTIFIER.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "%s '%s' must be 1 to 200 letters, digits, dots, dashes or underscores".formatted(what, value));
        }
    }

    /**
     * A short token that is the same for the same parts: the way a retry finds its twin. Each part counts with its
     * length, so that other parts never read the same when put together.
     */
    public static String derived(String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }
}
