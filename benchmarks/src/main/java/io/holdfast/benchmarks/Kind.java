package io.holdfast.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/** What a stack's large files hold, and how much of each there is at scale 1. */
public enum Kind {
    /** Papers, already compressed. */
    PDF(480, 4) {
        @Override
        void fill(ByteBuffer block, SplittableRandom random) {
            while (block.hasRemaining()) {
                block.putLong(random.nextLong());
            }
        }
    },
    /** Embeddings: 32-bit floats around zero. */
    VECTORS(281, 32) {
        @Override
        void fill(ByteBuffer block, SplittableRandom random) {
            block.order(ByteOrder.LITTLE_ENDIAN);
            while (block.hasRemaining()) {
                block.putFloat((float) (random.nextGaussian() / 39));
            }
        }
    },
    /** Database pages: a header, rows of numbers and words, and free space between. */
    SQLITE(182, 91) {
        private static final int PAGE = 4096;

        @Override
        void fill(ByteBuffer block, SplittableRandom random) {
            while (block.hasRemaining()) {
                ByteBuffer page = block.slice(block.position(), PAGE);
                page.put((byte) 0x0d)
                        .putShort((short) 0)
                        .putShort((short) random.nextInt(40))
                        .putInt(random.nextInt());
                page.position(random.nextInt(200, 1200));
                while (page.remaining() > 120) {
                    page.putLong(random.nextLong()).put(words(random, 14));
                }
                block.position(block.position() + PAGE);
            }
        }
    },
    /** One JSON object a line. */
    LOGS(429, 48) {
        @Override
        void fill(ByteBuffer block, SplittableRandom random) {
            long time = 1_760_000_000_000L + random.nextInt();
            while (block.hasRemaining()) {
                time += random.nextInt(500);
                byte[] line = "{\"time\":%d,\"level\":\"%s\",\"trace\":\"%016x\",\"took\":%d,\"message\":\"%s\"}\n"
                        .formatted(
                                time,
                                LEVELS[random.nextInt(LEVELS.length)],
                                random.nextLong(),
                                random.nextInt(20_000),
                                new String(words(random, 9), StandardCharsets.US_ASCII))
                        .getBytes(StandardCharsets.US_ASCII);
                block.put(line, 0, Math.min(line.length, block.remaining()));
            }
        }
    };

    /** Bytes that are generated, and later changed, as one. */
    public static final int BLOCK = 128 * 1024;

    private static final String[] LEVELS = {"debug", "info", "info", "info", "warn", "error"};
    private static final String[] WORDS =
            ("request served cache miss connection from user query table index chunk vector "
                            + "document embedding score batch worker queue retry timeout backup region upload verified in ms for to of "
                            + "and with collection created updated deleted page size limit offset token session")
                    .split(" ");

    private final int mebibytes;
    private final int fileMebibytes;

    Kind(int mebibytes, int fileMebibytes) {
        this.mebibytes = mebibytes;
        this.fileMebibytes = fileMebibytes;
    }

    abstract void fill(ByteBuffer block, SplittableRandom random);

    /** The same bytes for the same seed, on every machine. */
    public byte[] block(long seed) {
        byte[] block = new byte[BLOCK];
        fill(ByteBuffer.wrap(block), new SplittableRandom(seed));
        return block;
    }

    long bytes() {
        return (long) mebibytes << 20;
    }

    long fileBytes() {
        return (long) fileMebibytes << 20;
    }

    String directory() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static byte[] words(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count && text.length() < 100; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
