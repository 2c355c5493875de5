package io.holdfast.sources.redis;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks whether what is written to it is a whole RDB file: {@code magic version … 0xFF crc64}, where the checksum is of all
 * bytes before it, as Redis computes it (Jones), little-endian; 0 where {@code rdbchecksum no} left it out.
 */
final class RdbCheck extends OutputStream {

    private static final int HEADER = 9;
    private static final int CHECKSUM = 8;
    private static final int EOF = 0xff;
    private static final Pattern MAGIC = Pattern.compile("REDIS\\d{4}|VALKEY\\d{3}");
    private static final long[] TABLE = table();

    private final byte[] header = new byte[HEADER];
    private final byte[] last = new byte[CHECKSUM];
    private long length;
    private long crc;
    private int lastCounted;

    /** Reflected. */
    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ 0x95ac9329ac4bc9b5L;
            }
            table[i] = value;
        }
        return table;
    }

    @Override
    public void write(int b) {
        int at = (int) (length % CHECKSUM);
        if (length >= CHECKSUM) {
            lastCounted = last[at] & 0xff;
            crc = TABLE[(int) ((crc ^ lastCounted) & 0xff)] ^ crc >>> 8;
        }
        last[at] = (byte) b;
        if (length < HEADER) {
            header[(int) length] = (byte) b;
        }
        length++;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            write(bytes[i]);
        }
    }

    /** What is wrong with it, as the end of a sentence; empty if it is whole. */
    Optional<String> problem() {
        if (length == 0) {
            return Optional.of("is empty");
        }
        if (length < HEADER
                || !MAGIC.matcher(new String(header, StandardCharsets.ISO_8859_1))
                        .matches()) {
            return Optional.of("is no RDB file: it does not begin with REDIS and a version");
        }
        long expected = checksum();
        if (length < HEADER + 1 + CHECKSUM || lastCounted != EOF) {
            return Optional.of("is cut: its end is missing after %d bytes".formatted(length));
        }
        return expected == 0 || expected == crc
                ? Optional.empty()
                : Optional.of("is damaged: its %d bytes do not match its checksum".formatted(length));
    }

    long length() {
        return length;
    }

    /** Its checksum and length: the same only for the same content. */
    String print() {
        return "%s-%d".formatted(HexFormat.of().toHexDigits(checksum()), length);
    }

    private long checksum() {
        byte[] ordered = new byte[CHECKSUM];
        for (int i = 0; i < CHECKSUM; i++) {
            ordered[i] = last[(int) ((length + i) % CHECKSUM)];
        }
        return ByteBuffer.wrap(ordered).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
