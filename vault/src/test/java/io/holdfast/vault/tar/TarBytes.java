package io.holdfast.vault.tar;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes tars byte by byte, so that they can say what no program would. */
public final class TarBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public TarBytes file(String name, String content) {
        return entry(name, '0', "", content.getBytes(StandardCharsets.UTF_8));
    }

    public TarBytes directory(String name) {
        return entry(name, '5', "", new byte[0]);
    }

    public TarBytes link(String name, char kind, String target) {
        return entry(name, kind, target, new byte[0]);
    }

    /** Records in front of the next entry; {@code records} are keyword=value. */
    public TarBytes pax(String... records) {
        return extension('x', records);
    }

    public TarBytes extension(char kind, String... records) {
        StringBuilder text = new StringBuilder();
        for (String record : records) {
            int rest = record.length() + 2;
            int length = rest + 1;
            while (length != rest + Integer.toString(length).length()) {
                length = rest + Integer.toString(length).length();
            }
            text.append(length).append(' ').append(record).append('\n');
        }
        return entry("pax", kind, "", text.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    public TarBytes entry(String name, char kind, String target, byte[] data) {
        return header(name, kind, target, "%011o".formatted(data.length)).data(data);
    }

    public TarBytes header(String name, char kind, String target, String size) {
        byte[] block = new byte[512];
        put(block, 0, name);
        put(block, 100, "0000644\0" + "0000000\0" + "0000000\0");
        put(block, 124, size);
        put(block, 136, "00000000000");
        put(block, 148, "        ");
        block[156] = (byte) kind;
        put(block, 157, target);
        put(block, 257, "ustar\00000");
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
        bytes.writeBytes(block);
        return this;
    }

    public TarBytes data(byte[] data) {
        bytes.writeBytes(Arrays.copyOf(data, (data.length + 511) / 512 * 512));
        return this;
    }

    public TarBytes end() {
        bytes.writeBytes(new byte[1024]);
        return this;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    public ByteArrayInputStream stream() {
        return new ByteArrayInputStream(bytes());
    }

    private static void put(byte[] block, int at, String text) {
        byte[] raw = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(raw, 0, block, at, raw.length);
    }
}
