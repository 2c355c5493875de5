package io.holdfast.vault.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.files.Patterns.Position;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.SnapshotPath;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {

    private static Position at(String patterns, String path) {
        return Patterns.of(List.of(patterns.split(" ", -1)))
                .at(SnapshotPath.parse(path).parts());
    }

    @ParameterizedTest
    @CsvSource({
        "*.tmp, /srv/a.tmp, true",
        "*.tmp, /srv/deep/er/a.tmp, true",
        "*.tmp, /srv/a.tmpx, false",
        "a.b, /axb, false",
        "?.log, /é.log, true",
        "?.log, /ab.log, false",
        "*, /a, true",
        "a*c*e, /abcde, true",
        "a*c*e, /abcdf, false",
        "[a-c]?.log, /bx.log, true",
        "[^a-c]?.log, /bx.log, false",
        "[^a-c]?.log, /dx.log, true",
        "[!a-c]?.log, /bx.log, true",
        "'\\*', /*, true",
        "'\\*', /a, false",
        "'[\\]x]', /], true",
        "a]b, /a]b, true"
    })
    void matchOneNameAtAnyDepth(String pattern, String path, boolean expected) {
        assertThat(at(pattern, path).isMatch()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "cache/*, /srv/cache/x, true",
        "cache/*, /srv/cache, false",
        "cache/*, /other/cache/x/y, true",
        "cache/, /srv/cache, true",
        "/srv/papers/old, /srv/papers/old, true",
        "/srv/papers/old, /srv/x/srv/papers/old, false",
        "/papers, /srv/papers, false",
        "./cache//x/../y, /srv/cache/y, true",
        "/../srv, /srv, true",
        "/, /srv, true",
        "., /srv, false"
    })
    void matchSeveralNamesOrTheAbsolutePath(String pattern, String path, boolean expected) {
        assertThat(at(pattern, path).isMatch()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "**/cache, /a/b/cache, true",
        "**/cache, /cache, true",
        "a/**/z, /a/z, true",
        "a/**/z, /q/a/b/c/z, true",
        "a/**/z, /a/b/c/y, false",
        "cache/**, /srv/cache, true",
        "/a/**/b/**/c, /a/x/b/b/c, true",
        "/a/**/b/**/c, /x/a/b/c, false",
        "**, /a, true",
        "a/**/**/b, /a/x/b, true",
        "a**b, /axxb, true",
        "a**b, /a/b, false"
    })
    void matchAnyNumberOfNames(String pattern, String path, boolean expected) {
        assertThat(at(pattern, path).isMatch()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"cache, /srv/cache/x/y", "/srv, /srv/x", "a/b, /a/b/c/d", "/*/b, /a/b/c"})
    void matchWhatLiesBelowAMatch(String pattern, String path) {
        assertThat(at(pattern, path).isMatch()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "*.log !keep.log, /a.log, true",
        "*.log !keep.log, /keep.log, false",
        "!keep.log *.log, /keep.log, true",
        "/a/* !/a/b /a/b/c, /a/b/x, false",
        "/a/* !/a/b /a/b/c, /a/b/c, true",
        "!x, /y, false",
        "*.log !/a/**, /a/b.log, false"
    })
    void letTheLastMatchDecide(String patterns, String path, boolean expected) {
        assertThat(at(patterns, path).isMatch()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, /x, true",
        "/a/b, /a, true",
        "/a/b, /x, false",
        "/a/b, /a/b, true",
        "/a/b, /a/c, false",
        "/a/**/b, /a/x/y, true",
        "/a !/a/b, /a/b, false",
        "'!/a', /a, false",
        "/*/x/y, /a/x, true",
        "/*/x/y, /a/z, false",
        "*.c !/a, /a, false"
    })
    void tellWhetherALongerPathCanMatch(String patterns, String path, boolean expected) {
        assertThat(at(patterns, path).mayMatchBelow()).isEqualTo(expected);
    }

    @Test
    void ignoreCaseIfAskedTo() {
        Patterns patterns = Patterns.ignoringCase(List.of("Caché/*.TMP", "[A-C]x"));
        assertThat(patterns.at(SnapshotPath.parse("/s/CACHÉ/a.tmP").parts()).isMatch())
                .isTrue();
        assertThat(patterns.at(SnapshotPath.parse("/BX").parts()).isMatch()).isTrue();
        assertThat(Patterns.of(List.of("A"))
                        .at(SnapshotPath.parse("/a").parts())
                        .isMatch())
                .isFalse();
    }

    @Test
    void matchNamesThatAreNotText() {
        Name name = Name.of(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'z'});
        for (String pattern : List.of("a??z", "a*z", "a[^b][^b]z", "*")) {
            assertThat(Patterns.of(List.of(pattern)).at(List.of(name)).isMatch())
                    .as(pattern)
                    .isTrue();
        }
        assertThat(Patterns.of(List.of("a?z")).at(List.of(name)).isMatch()).isFalse();
    }

    @Test
    void tellOfAChildWhatItsOwnPositionWouldTell() {
        Position parent = at("/srv/*/old *.tmp !b.tmp", "/srv/x");
        for (String name : List.of("old", "a.tmp", "b.tmp", "new")) {
            assertThat(parent.matches(Name.of(name)))
                    .isEqualTo(parent.child(Name.of(name)).isMatch());
        }
        assertThat(parent.matches(Name.of("old"))).isTrue();
        assertThat(parent.matches(Name.of("b.tmp"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/papers/old, old, true",
        "/srv/papers/old, x/old, false",
        "/arxiv/old, old, true",
        "/old, old, false",
        "papers, old, false",
        "old, old, true",
        "papers/old, old, false"
    })
    void matchBelowARootOfSeveralNames(String pattern, String below, boolean expected) {
        List<List<Name>> places = List.of(
                SnapshotPath.parse("/srv/papers").parts(),
                SnapshotPath.parse("/arxiv").parts());
        Position position = Patterns.of(List.of(pattern)).below(places);
        for (String name : Arrays.asList(below.split("/", -1))) {
            position = position.child(Name.of(name));
        }
        assertThat(position.isMatch()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a", "a/[]x]", "[a-]", "[-a]", "x\\", "!b/[", "[a\\", "[]"})
    void refuseWhatIsMalformedByName(String pattern) {
        assertThatThrownBy(() -> Patterns.of(List.of("fine", pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + pattern + "'");
    }
}
