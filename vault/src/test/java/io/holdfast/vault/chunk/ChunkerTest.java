package io.holdfast.vault.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.model.BlobId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkerTest {

    /** The polynomial and the seed of the chunker library's own published test. */
    private static final Polynomial POLYNOMIAL = Polynomial.parse("3da3358b4dc173");

    private final Chunker chunker = new Chunker(POLYNOMIAL);

    @Test
    void cutsWhereAFingerprintComputedBitByBitSaysSo() throws IOException {
        byte[] content = random(6_000_000);
        int start = 0;
        for (byte[] chunk : chunks(new ByteArrayInputStream(content))) {
            int end = start + chunk.length;
            if (end < content.length) {
                assertThat(fingerprint(content, end) & 0xfffff).isZero();
            }
            for (int at = start + Chunker.LEAST; at < end; at += 997) {
                assertThat(fingerprint(content, at) & 0xfffff).isNotZero();
            }
            start = end;
        }
        assertThat(start).isEqualTo(content.length);
    }

    @Test
    void givesBackTheContentWhateverTheStreamsPieces() throws IOException {
        byte[] content = random(3_000_000);
        List<byte[]> whole = chunks(new ByteArrayInputStream(content));
        List<byte[]> dripping = chunks(new Dripping(content));
        assertThat(join(dripping)).isEqualTo(content);
        assertThat(dripping.stream().map(each -> each.length).toList())
                .isEqualTo(whole.stream().map(each -> each.length).toList());
    }

    @Test
    void cutsAtTheLargestSizeWhereNothingElseDoes() throws IOException {
        List<byte[]> chunks = chunks(new ByteArrayInputStream(filled(20_000_000)));
        assertThat(chunks).hasSize(3);
        assertThat(chunks.getFirst()).hasSize(Chunker.MOST);
    }

    @Test
    void leavesShortStreamsWholeAndEmptyOnesWithoutChunks() throws IOException {
        assertThat(chunks(new ByteArrayInputStream(new byte[0]))).isEmpty();
        assertThat(chunks(new ByteArrayInputStream(new byte[1]))).hasSize(1);
        assertThat(chunks(new ByteArrayInputStream(random(Chunker.LEAST)))).hasSize(1);
    }

    @Test
    void takesChunksThatAreKnownForWhatTheyAreOtherwiseCut() throws IOException {
        byte[] content = random(6_000_000);
        List<byte[]> chunks = chunks(new ByteArrayInputStream(content));
        chunker.start(new Dripping(content));
        for (byte[] chunk : chunks.subList(0, chunks.size() - 1)) {
            assertThat(chunker.next(BlobId.ofContent(chunk), chunk.length)).isTrue();
            assertThat(Arrays.copyOf(chunker.buffer(), chunker.length())).isEqualTo(chunk);
        }
        assertThat(chunker.next()).isTrue();
        assertThat(Arrays.copyOf(chunker.buffer(), chunker.length())).isEqualTo(chunks.getLast());
        assertThat(chunker.next()).isFalse();
    }

    @Test
    void cutsAnewWhereWhatIsKnownIsNotWhatComes() throws IOException {
        byte[] content = random(6_000_000);
        List<byte[]> chunks = chunks(new ByteArrayInputStream(content));
        byte[] first = chunks.getFirst();
        chunker.start(new ByteArrayInputStream(content));
        assertThat(chunker.next(BlobId.ofContent(new byte[1]), first.length)).isFalse();
        for (int length : List.of(0, Chunker.LEAST, first.length - 1, first.length + 1, Integer.MAX_VALUE)) {
            byte[] otherwise = Arrays.copyOf(content, Math.min(length, content.length));
            assertThat(chunker.next(BlobId.ofContent(otherwise), length)).isFalse();
        }
        assertThat(chunker.next()).isTrue();
        assertThat(Arrays.copyOf(chunker.buffer(), chunker.length())).isEqualTo(first);
        byte[] rest = Arrays.copyOfRange(content, first.length, content.length);
        assertThat(chunker.next(BlobId.ofContent(rest), rest.length)).isFalse();
        assertThat(chunker.next()).isTrue();
        assertThat(Arrays.copyOf(chunker.buffer(), chunker.length())).isEqualTo(chunks.get(1));
    }

    @Test
    void acceptsIrreduciblePolynomialsOnly() {
        assertThat(Polynomial.parse(Polynomial.random().toString()).isIrreducible())
                .isTrue();
        assertThatThrownBy(() -> Polynomial.parse("3da3358b4dc171")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Polynomial.parse("13")).isInstanceOf(IllegalArgumentException.class);
    }

    private static long fingerprint(byte[] content, int end) {
        long hash = 0;
        for (int i = end - 64; i < end; i++) {
            for (int bit = 7; bit >= 0; bit--) {
                hash = (hash << 1) | ((content[i] >> bit) & 1);
                if ((hash >>> Polynomial.DEGREE) != 0) {
                    hash ^= POLYNOMIAL.bits();
                }
            }
        }
        return hash;
    }

    private List<byte[]> chunks(InputStream in) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        chunker.start(in);
        while (chunker.next()) {
            int length = chunker.length();
            byte[] buffer = chunks.size() % 2 == 0 ? chunker.buffer() : chunker.exchange(new byte[chunks.size()]);
            chunks.add(Arrays.copyOf(buffer, length));
        }
        return chunks;
    }

    private static byte[] join(List<byte[]> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        chunks.forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** Zeros have the fingerprint 0 and are cut at once; a repeated byte is not. */
    private static byte[] filled(int length) {
        byte[] content = new byte[length];
        java.util.Arrays.fill(content, (byte) 'x');
        return content;
    }

    private static byte[] random(int length) {
        byte[] content = new byte[length];
        new Random(23).nextBytes(content);
        return content;
    }

    /** Gives at most 7 KiB at a time. */
    private static final class Dripping extends ByteArrayInputStream {

        Dripping(byte[] content) {
            super(content);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 7 * 1024));
        }
    }
}
