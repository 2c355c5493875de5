package io.holdfast.sources.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RdbCheckTest {

    /** Written by Redis 7.0.15: a key "greeting" with the value "hello". */
    static final byte[] RDB = Base64.getDecoder()
            .decode(
                    "UkVESVMwMDEw+glyZWRpcy12ZXIGNy4wLjE1+gpyZWRpcy1iaXRzwED6BWN0aW1lwvP7B2v6CHVzZWQtbWVtwnBUDgD6CGFvZi1iYXNlwAD+APsBAAAIZ3JlZXRpbmcFaGVsbG//PcGTso/FfyI=");

    @Test
    void acceptsWhatRedisWrote() {
        assertThat(check(RDB).problem()).isEmpty();
    }

    @Test
    void findsEveryChangedByte() {
        for (int i = 0; i < RDB.length; i++) {
            byte[] changed = RDB.clone();
            changed[i] ^= 0x10;
            assertThat(check(changed).problem()).as("byte %d", i).isPresent();
        }
    }

    @Test
    void findsEveryCut() {
        for (int length = 0; length < RDB.length; length++) {
            assertThat(check(Arrays.copyOf(RDB, length)).problem())
                    .as("%d bytes", length)
                    .isPresent();
        }
    }

    @Test
    void findsWhatWasAppended() {
        assertThat(check(Arrays.copyOf(RDB, RDB.length + 1)).problem()).isPresent();
    }

    @Test
    void acceptsOneWithoutChecksum() {
        byte[] without = RDB.clone();
        Arrays.fill(without, without.length - 8, without.length, (byte) 0);

        assertThat(check(without).problem()).isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(check(new byte[0]).problem()).hasValue("is empty");
        assertThat(check("{\"not\": \"an RDB\"}".getBytes(StandardCharsets.UTF_8))
                        .problem())
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("is no RDB file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"REDIS0011", "VALKEY080"})
    void knowsTheMagicOfOtherVersions(String magic) {
        Optional<String> problem =
                check((magic + "and more").getBytes(StandardCharsets.UTF_8)).problem();

        assertThat(problem).hasValueSatisfying(it -> assertThat(it).startsWith("is cut"));
    }

    private static RdbCheck check(byte[] bytes) {
        var check = new RdbCheck();
        check.write(bytes, 0, bytes.length);
        return check;
    }
}
