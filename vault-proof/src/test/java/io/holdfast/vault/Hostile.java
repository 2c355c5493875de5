package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.holdfast.vault.model.DamagedException;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** What someone makes of a file, and how it must be taken: understood or refused, without much memory. */
final class Hostile {

    /** What a parser takes however few bytes there are, its own classes included. */
    private static final long LITTLE = 64 << 20;

    private static final long PER_BYTE = 200;

    interface Parser {
        Object parse(byte[] bytes) throws DamagedException;
    }

    private Hostile() {}

    static void understands(Parser parser, byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            assertThat(parser.parse(bytes)).isNotNull();
        } catch (DamagedException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(LITTLE + PER_BYTE * bytes.length);
    }

    /** Bits changed, bytes left out, doubled and cut off. */
    static byte[] flipped(byte[] valid, long seed) {
        Random random = new Random(seed);
        byte[] bytes = valid.clone();
        for (int change = random.nextInt(4); change >= 0 && bytes.length > 0; change--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    /** JSON with parts changed, left out, repeated and put in, now and then at a place where the grammar takes them. */
    static byte[] mutated(String valid, long seed) {
        Random random = new Random(seed);
        byte[] bytes = bytes(valid.strip());
        byte[][] words = {
            bytes("null"),
            bytes("-1"),
            bytes("1e999"),
            bytes("99999999999999999999"),
            bytes("[]"),
            bytes("{}"),
            bytes("\"\""),
            bytes("\\u0000"),
            bytes("\ud83d\ude00"),
            bytes("true"),
            bytes(","),
            new byte[] {(byte) 0xff}
        };
        for (int change = random.nextInt(4); change >= 0; change--) {
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + random.nextInt(random.nextBoolean() ? 3 : 30));
            byte[] middle = switch (random.nextInt(4)) {
                case 0 -> words[random.nextInt(words.length)];
                case 1 -> HardCases.random(seed + change, random.nextInt(4));
                case 2 -> Arrays.copyOfRange(bytes, random.nextInt(from + 1), from);
                default -> new byte[0];
            };
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, from);
            out.writeBytes(middle);
            out.write(bytes, to, bytes.length - to);
            out.write(' ');
            bytes = out.toByteArray();
        }
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
