package io.holdfast.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

class Poly1305Test {

    @Test
    void agreesWithTheVectorOfRfc8439() {
        byte[] key = HexFormat.of().parseHex("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b");
        byte[] message = "Cryptographic Forum Research Group".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] tag = Poly1305.tag(Arrays.copyOf(key, 16), Arrays.copyOfRange(key, 16, 32), message, 0, message.length);
        assertThat(HexFormat.of().formatHex(tag)).isEqualTo("a8061dc1305136c6c22b8baf0c0127a9");
    }

    @Test
    void agreesWithTheLibraryOnEveryLengthAndOnExtremeValues() {
        Random random = new Random(42);
        for (int length = 0; length < 300; length++) {
            byte[] r = new byte[16];
            byte[] s = new byte[16];
            byte[] message = new byte[length + 3];
            random.nextBytes(r);
            random.nextBytes(s);
            random.nextBytes(message);
            if (length % 3 == 0) {
                Arrays.fill(message, (byte) 0xff);
                Arrays.fill(r, (byte) 0xff);
                Arrays.fill(s, (byte) 0xff);
            }
            byte[] expected = library(r, s, message, 3, length);
            assertThat(Poly1305.tag(r, s, message, 3, length)).isEqualTo(expected);
            assertThat(OpenSslPoly1305.tag(r, s, message, 3, length)).isIn(expected, null);
        }
    }

    @Test
    void agreesWithTheLibraryOnLongMessages() {
        Random random = new Random(43);
        for (int length = OpenSslPoly1305.WORTHWHILE - 17; length < 200_000; length = length * 5 / 4 + 1) {
            byte[] r = new byte[16];
            byte[] s = new byte[16];
            byte[] message = new byte[length + 3];
            random.nextBytes(r);
            random.nextBytes(s);
            random.nextBytes(message);
            byte[] expected = library(r, s, message, 3, length);
            assertThat(Poly1305.tag(r, s, message, 3, length)).isEqualTo(expected);
            assertThat(OpenSslPoly1305.tag(r, s, message, 3, length)).isIn(expected, null);
        }
    }

    @Test
    void agreesWithTheLibraryOnceItHasDoneMuch() {
        byte[] message = new byte[1 << 20];
        new Random(44).nextBytes(message);
        byte[] r = Arrays.copyOf(message, 16);
        byte[] expected = library(r, r, message, 0, message.length);
        for (long done = 0; done <= Poly1305.BEFORE_OPENSSL; done += message.length) {
            assertThat(Poly1305.tag(r, r, message, 0, message.length)).isEqualTo(expected);
        }
    }

    @Test
    void isDoneByTheSystemWhereOpenSslIs() {
        InstalledOpenSsl.assumeIsThere();
        assertThat(OpenSslPoly1305.tag(new byte[16], new byte[16], new byte[1], 0, 1))
                .isEqualTo(new byte[16]);
    }

    private static byte[] library(byte[] r, byte[] s, byte[] message, int offset, int length) {
        byte[] key = new byte[32];
        System.arraycopy(r, 0, key, 0, 16);
        for (int i : new int[] {3, 7, 11, 15}) {
            key[i] &= 0x0f;
        }
        for (int i : new int[] {4, 8, 12}) {
            key[i] &= (byte) 0xfc;
        }
        System.arraycopy(s, 0, key, 16, 16);
        var mac = new org.bouncycastle.crypto.macs.Poly1305();
        mac.init(new KeyParameter(key));
        mac.update(message, offset, length);
        byte[] tag = new byte[16];
        mac.doFinal(tag, 0);
        return tag;
    }
}
