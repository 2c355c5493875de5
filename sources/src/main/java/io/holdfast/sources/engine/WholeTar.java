package io.holdfast.sources.engine;

import io.holdfast.sources.stream.BulkInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Passes an uncompressed tar through, unchanged, and fails where it is no tar, ends early, or has something behind its
 * end. Follows the headers for that and looks at nothing else.
 */
final class WholeTar extends BulkInput {

    private static final int BLOCK = 512;
    private static final int MOST_EXTENSION = 1 << 20;

    private final InputStream in;
    private final Function<String, ? extends IOException> failure;
    private final byte[] header = new byte[BLOCK];
    private int headerBytes;
    private long toSkip;
    private byte[] extension = new byte[0];
    private int extensionBytes;
    private long statedSize = -1;
    private String statedName = "";
    private String name = "";
    private int emptyBlocks;

    /** @param failure makes an exception of how the tar is wrong */
    WholeTar(InputStream in, Function<String, ? extends IOException> failure) {
        this.in = in;
        this.failure = failure;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read < 0) {
            if (emptyBlocks < 2) {
                throw failure.apply("the tar ends early, " + where());
            }
            return -1;
        }
        follow(bytes, offset, offset + read);
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private String where() {
        if (name.isEmpty()) {
            return "before its first file";
        }
        return "%s %s".formatted(toSkip > 0 ? "within" : "behind", Printable.of(name));
    }

    private void follow(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            if (toSkip > 0) {
                int part = (int) Math.min(toSkip, to - at);
                keep(bytes, at, part);
                toSkip -= part;
                at += part;
            } else {
                int part = Math.min(BLOCK - headerBytes, to - at);
                System.arraycopy(bytes, at, header, headerBytes, part);
                headerBytes += part;
                at += part;
                if (headerBytes == BLOCK) {
                    headerBytes = 0;
                    block();
                }
            }
        }
    }

    private void keep(byte[] bytes, int offset, int length) {
        int part = Math.min(length, extension.length - extensionBytes);
        System.arraycopy(bytes, offset, extension, extensionBytes, part);
        extensionBytes += part;
    }

    private void block() throws IOException {
        if (extension.length > 0) {
            extended();
            extension = new byte[0];
            extensionBytes = 0;
        }
        if (isEmpty()) {
            emptyBlocks++;
            return;
        }
        if (emptyBlocks > 0) {
            throw failure.apply("something stands behind the end of the tar");
        }
        if (number(148, 8) != checksum()) {
            throw failure.apply("this is no uncompressed tar, or a damaged one");
        }
        char kind = (char) header[156];
        long size = number(124, 12);
        if (kind == 'x') {
            if (size < 0 || size > MOST_EXTENSION) {
                throw failure.apply("a header of the tar is too long");
            }
            extension = new byte[(int) size];
        } else if (kind != 'L' && kind != 'K' && kind != 'g') {
            size = kind >= '1' && kind <= '6' ? 0 : statedSize >= 0 ? statedSize : size;
            statedSize = -1;
            name = statedName.isEmpty() ? name() : statedName;
            statedName = "";
        }
        if (size < 0 || size > Long.MAX_VALUE - BLOCK) {
            throw failure.apply("a size in the tar cannot be");
        }
        toSkip = (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** Records of a length, a key and a value, which may hold anything: {@code 30 path=…} and a line break. */
    private void extended() throws IOException {
        var records = ByteBuffer.wrap(extension);
        while (records.hasRemaining()) {
            int start = records.position();
            int length = 0;
            byte next = records.get();
            while (next >= '0' && next <= '9' && records.hasRemaining()) {
                length = Math.min(MOST_EXTENSION, length * 10 + next - '0');
                next = records.get();
            }
            int value = start + length - records.position();
            if (value < 1 || value > records.remaining()) {
                throw failure.apply("a header of the tar cannot be read");
            }
            byte[] record = new byte[value];
            records.get(record);
            String text = new String(record, 0, value - 1, StandardCharsets.UTF_8);
            if (text.startsWith("path=")) {
                statedName = text.substring("path=".length());
            } else if (text.matches("size=\\d{1,18}")) {
                statedSize = Long.parseLong(text.substring("size=".length()));
            }
        }
    }

    private String name() {
        String prefix = header[257] == 'u' && header[262] == 0 ? text(345, 155) : "";
        return prefix.isEmpty() ? text(0, 100) : prefix + "/" + text(0, 100);
    }

    private String text(int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.UTF_8);
    }

    private boolean isEmpty() {
        return Arrays.mismatch(header, new byte[BLOCK]) < 0;
    }

    /** Octal digits, or base 256 where the first bit is set. */
    private long number(int offset, int length) {
        long number = 0;
        if ((header[offset] & 0x80) != 0) {
            for (int i = offset + length - 8; i < offset + length; i++) {
                number = (number << 8) | (header[i] & 0xff);
            }
            return number;
        }
        for (int i = offset; i < offset + length; i++) {
            if (header[i] >= '0' && header[i] <= '7') {
                number = (number << 3) + header[i] - '0';
            }
        }
        return number;
    }

    private long checksum() {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        return sum;
    }
}
