package io.holdfast.cli.repository;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A file of options: UTF-8, or UTF-16 if it begins with that one's mark, as editors on Windows write it. */
public final class TextFile {

    private static final String MARK = "\ufeff";

    private TextFile() {}

    /** @param what it holds, in a word, for the message: {@code patterns} */
    public static String read(Path file, String what) {
        try {
            return decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw unusable(file.toString(), what).causedBy(e);
        }
    }

    /** What a list holds, one a line, without white space around it; blank lines and those that begin with # hold nothing. */
    public static Stream<String> entries(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }

    /** The complaint about a file that cannot be read or is no text. */
    public static CliException unusable(String file, String what) {
        return Code.USAGE.because(
                "Cannot read the %s in %s: it does not exist, may not be read or is not UTF-8. Nothing was changed. Correct the path."
                        .formatted(what, file));
    }

    /** @throws IOException if the bytes are no text */
    public static String decode(byte[] bytes) throws IOException {
        String text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    }

    private static Charset charset(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        return mark == 0xfeff
                ? StandardCharsets.UTF_16BE
                : mark == 0xfffe ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    }
}
