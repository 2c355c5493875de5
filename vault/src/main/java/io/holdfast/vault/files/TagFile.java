package io.holdfast.vault.files;

import io.holdfast.vault.tree.Name;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file that says that nothing else in its directory is to be backed up.
 *
 * @param header what it must begin with; empty if its presence is enough
 */
public record TagFile(Name name, String header) {

    /** The mark of a cache, see <a href="https://bford.info/cachedir/">the cache directory tagging standard</a>. */
    public static final TagFile CACHEDIR = parse("CACHEDIR.TAG:Signature: 8a477f597d28d172789f06886806bc55");

    /** Reads {@code NAME} or {@code NAME:HEADER}; without a name it is an {@link IllegalArgumentException}. */
    public static TagFile parse(String text) {
        int colon = text.indexOf(':');
        Name name = Name.of(colon < 0 ? text : text.substring(0, colon));
        if (!name.isSafe()) {
            throw new IllegalArgumentException("'%s' does not begin with the name of a file".formatted(text));
        }
        return new TagFile(name, colon < 0 ? "" : text.substring(colon + 1));
    }

    /** Whether it lies there. One that cannot be read counts as absent: what is in doubt is backed up. */
    boolean isIn(Directory directory) {
        try {
            directory.stat(name);
            return header.isEmpty() || begins(directory);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean begins(Directory directory) throws IOException {
        byte[] wanted = header.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = directory.read(name)) {
            return Arrays.equals(in.readNBytes(wanted.length), wanted);
        }
    }
}
