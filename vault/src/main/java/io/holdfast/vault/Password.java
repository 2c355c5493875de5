package io.holdfast.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A repository's password. It can be erased, and never shows itself. */
public final class Password implements AutoCloseable {

    private final char[] characters;

    private Password(char[] characters) {
        if (characters.length == 0) {
            throw new IllegalArgumentException("the password is empty");
        }
        this.characters = characters;
    }

    /** Takes a copy, so the caller can erase its own. */
    public static Password of(char[] characters) {
        return new Password(characters.clone());
    }

    public static Password of(String text) {
        return new Password(text.toCharArray());
    }

    interface Use<T> {
        T of(byte[] utf8) throws IOException;
    }

    /** Hands over the password's bytes, which are overwritten afterwards. */
    <T> T with(Use<T> use) throws IOException {
        byte[] secret = utf8();
        try {
            return use.of(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private byte[] utf8() {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        encoded.clear();
        encoded.put(new byte[encoded.capacity()]);
        return bytes;
    }

    /** Overwrites the password. */
    @Override
    public void close() {
        Arrays.fill(characters, '\0');
    }

    @Override
    public String toString() {
        return "Password[redacted]";
    }
}
