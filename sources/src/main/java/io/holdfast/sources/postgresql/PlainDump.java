package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.stream.BulkInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dump in plain format, passed through unchanged, that fails where it is none, or not a whole one. SQL that ends early is
 * still SQL, and psql would take a part for everything; but pg_dump frames what it writes:
 *
 * <pre>
 * dump = "--\n-- PostgreSQL database dump\n--\n\n" "\" "restrict " key "\n" … end
 * end  = "--\n-- PostgreSQL database dump complete\n--\n\n" "\" "unrestrict " key "\n\n"
 * </pre>
 *
 * <p>The key is drawn at random for each dump. Between the two lines psql obeys no command that begins with a backslash, so
 * that no name in a database can bring one in (CVE-2025-8714). Programs from before August 2025 write neither, and what they
 * wrote is refused.
 */
final class PlainDump extends BulkInput {

    private static final Pattern BEGIN =
            Pattern.compile("--\n-- PostgreSQL database dump\n--\n\n\\\\restrict ([A-Za-z0-9]{1,100})\n");
    private static final Pattern UNRESTRICTED =
            Pattern.compile("--\n-- PostgreSQL database dump\n--\n\n[^\\\\].*", Pattern.DOTALL);
    private static final String END = "\n--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict ";
    private static final int FRAME = 256;

    private final InputStream in;
    private final Function<String, SourceException> failure;
    private byte[] first = {};
    private byte[] last = {};

    /** @param failure makes an exception of how the dump is wrong */
    PlainDump(InputStream in, Function<String, SourceException> failure) {
        this.in = in;
        this.failure = failure;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read < 0) {
            if (!text(last).endsWith(END + key() + "\n\n")) {
                throw failure.apply("ends early");
            }
            return -1;
        }
        if (first.length < FRAME) {
            first = joined(first, bytes, offset, Math.min(read, FRAME - first.length));
            if (first.length == FRAME) {
                key();
            }
        }
        int kept = Math.min(read, FRAME);
        byte[] all = joined(last, bytes, offset + read - kept, kept);
        last = Arrays.copyOfRange(all, Math.max(0, all.length - FRAME), all.length);
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private String key() throws SourceException {
        String text = text(first);
        Matcher begin = BEGIN.matcher(text);
        if (begin.lookingAt()) {
            return begin.group(1);
        }
        if (text.isEmpty()) {
            throw failure.apply("is empty");
        }
        throw failure.apply(
                UNRESTRICTED.matcher(text).matches()
                        ? "lacks \\restrict, as pg_dump writes it since August 2025 (13.22, 14.19, 15.14, 16.10, 17.6)"
                        : "begins as no plain dump does");
    }

    private static byte[] joined(byte[] before, byte[] bytes, int offset, int length) {
        byte[] joined = Arrays.copyOf(before, before.length + length);
        System.arraycopy(bytes, offset, joined, before.length, length);
        return joined;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
