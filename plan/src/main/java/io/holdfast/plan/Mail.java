package io.holdfast.plan;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mail server that notices are handed to.
 *
 * @param from an address, or a name with an address: {@code Holdfast <backup@example.org>}
 * @param startTls whether the connection must be encrypted before anything is said
 * @param user null where the server asks for none
 * @param password null where the server asks for none
 */
public record Mail(
        String host,
        int port,
        String from,
        boolean startTls,
        @Nullable String user,
        @Nullable SecretReference password) {

    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>\",;:]+@[^\\s@<>\",;:]+");
    private static final Pattern NAMED_ADDRESS = Pattern.compile("[^\\r\\n<>\"]*<" + ADDRESS + ">");

    public Mail {
        Names.text("host", host);
        Names.require(port > 0 && port < 65_536, "port must be between 1 and 65535, was %d", port);
        Names.require(isSender(from), "'%s' is not a sender", from);
        Names.require((user == null) == (password == null), "a user and a password belong together");
    }

    static String address(String text) {
        Names.require(isAddress(text), "'%s' is not a mail address", text);
        return text;
    }

    static boolean isAddress(String text) {
        return text.length() <= 254 && ADDRESS.matcher(text).matches();
    }

    static boolean isSender(String text) {
        return isAddress(text) || NAMED_ADDRESS.matcher(text).matches();
    }
}
