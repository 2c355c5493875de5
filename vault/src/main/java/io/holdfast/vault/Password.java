package io.holdfast.vault;

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

    byte[] utf8() {
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
