package io.holdfast.vault.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternsTest {

    private static final List<List<String>> PLACES = List.of(List.of("srv", "papers"), List.of("arxiv"));

    @ParameterizedTest
    @CsvSource({
        "*.tmp, a.tmp, true", "*.tmp, deep/er/a.tmp, true", "*.tmp, a.tmpx, false", "cache/*, cache/x, true",
        "cache/*, cache, false", "cache/*, other/cache/x, false", "cache/**, cache/x/y, true", "cache/**, cache, false",
        "**/cache, a/b/cache, true", "**/cache, cache, true", "a/**/z, a/z, true", "a/**/z, a/b/c/z, true",
        "/srv/papers/old, old, true", "/srv/papers/old, x/old, false", "/arxiv/old, old, true", "/old, old, false",
        "[a-c]?.log, bx.log, true", "[!a-c]?.log, bx.log, false", "cache/, x/cache, true", "a.b, axb, false"
    })
    void matchesAsResticAndTarUsersExpect(String pattern, String path, boolean expected) {
        assertThat(new Patterns(List.of(pattern)).match(Arrays.asList(path.split("/", -1)), PLACES))
                .isEqualTo(expected);
    }
}
