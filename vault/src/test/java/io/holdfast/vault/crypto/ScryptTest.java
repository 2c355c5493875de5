package io.holdfast.vault.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;

class ScryptTest {

    @Test
    void agreesWithTheVectorsOfRfc7914() {
        assertThat(derived("", "", 16, 1, 1))
                .isEqualTo("77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
        assertThat(derived("password", "NaCl", 1024, 8, 16))
                .isEqualTo("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
        assertThat(derived("pleaseletmein", "SodiumChloride", 16384, 8, 1))
                .isEqualTo("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                        + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
    }

    @Property(tries = 100)
    void agreesWithTheLibrary(
            @ForAll @Size(max = 100) byte[] password,
            @ForAll @Size(max = 100) byte[] salt,
            @ForAll @IntRange(min = 1, max = 10) int logN,
            @ForAll @IntRange(min = 1, max = 9) int r,
            @ForAll @IntRange(min = 1, max = 3) int p,
            @ForAll @IntRange(min = 1, max = 100) int length) {
        byte[] expected = SCrypt.generate(password, salt, 1 << logN, r, p, length);
        assertThat(Scrypt.ownKey(password, salt, 1 << logN, r, p, length)).isEqualTo(expected);
        assertThat(OpenSslScrypt.derive(password, salt, 1 << logN, r, p, length))
                .isIn(expected, null);
    }

    @Test
    void isDoneByTheSystemWhereOpenSslIsHoweverMuchMemoryItTakes() {
        InstalledOpenSsl.assumeIsThere();
        byte[] key = OpenSslScrypt.derive(new byte[8], new byte[64], 1 << 15, 9, 1, 64);
        assertThat(HexFormat.of().formatHex(key))
                .as("as Python's hashlib derives it")
                .isEqualTo("abc1943ea11171050b9fe2332aab6b936c4eb88e677ca8f44e24926c4a775c37"
                        + "66e43c7456a382bcb13185148480d9ba673f78943695363b83019ea26c994587");
    }

    private static String derived(String password, String salt, int n, int r, int p) {
        byte[] key = Scrypt.ownKey(password.getBytes(US_ASCII), salt.getBytes(US_ASCII), n, r, p, 64);
        return HexFormat.of().formatHex(key);
    }
}
