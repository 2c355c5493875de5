package io.holdfast.vault.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.NodeType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {

    private static List<String> read(InputStream in) throws IOException {
        TarReader reader = new TarReader(in, TarLimits.STANDARD);
        List<String> seen = new ArrayList<>();
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            String content = entry.metadata().type() == NodeType.FILE && entry.first() == null
                    ? ":" + new String(reader.content().readAllBytes(), StandardCharsets.UTF_8)
                    : "";
            seen.add(TarEntry.text(entry.path()) + content);
        }
        return seen;
    }

    private static TarEntry only(TarBytes tar) throws IOException {
        return Objects.requireNonNull(new TarReader(tar.end().stream(), TarLimits.STANDARD).next());
    }

    @Test
    void readsEntriesUpToTheEndAndThePaddingBehindIt() throws IOException {
        byte[] tar = new TarBytes()
                .directory("./")
                .directory("./a/")
                .file("./a//b", "content")
                .entry("old/", '\0', "", new byte[0])
                .end()
                .bytes();
        assertThat(read(new ByteArrayInputStream(Arrays.copyOf(tar, 10 * 1024))))
                .containsExactly(".", "a", "a/b:content", "old");
    }

    @Test
    void readsWhatExtendedHeadersSay() throws IOException {
        TarEntry entry = only(new TarBytes()
                .pax(
                        "path=long/" + "n".repeat(200),
                        "mtime=-1.5",
                        "uid=3000000000",
                        "uname=Zo\u00c3\u00ab",
                        "SCHILY.xattr.user.a%3Db=\u00ff\n=x",
                        "SCHILY.acl.access=user::rw-,group::r--,other::---")
                .file("short", "x"));
        assertThat(entry.path().getLast()).hasToString("n".repeat(200));
        assertThat(entry.metadata().mtime()).isEqualTo(Instant.ofEpochSecond(-2, 500_000_000));
        assertThat(entry.metadata().uid()).isEqualTo(3_000_000_000L);
        assertThat(entry.metadata().user()).isEqualTo("Zoë");
        assertThat(entry.metadata().attributes().getFirst().name()).isEqualTo("system.posix_acl_access");
        assertThat(entry.metadata().attributes().getLast().name()).isEqualTo("user.a=b");
        assertThat(entry.metadata().attributes().getLast().value()).isEqualTo(new byte[] {(byte) 0xff, '\n', '=', 'x'});
        assertThat(entry.notes()).isEmpty();
    }

    @Test
    void notesWhatItDoesNotUnderstandOfAnEntry() throws IOException {
        assertThat(only(new TarBytes().pax("SCHILY.acl.access=user:lisa:rw-").file("a", ""))
                        .notes())
                .singleElement()
                .asString()
                .contains("access control list", "lisa");
    }

    @Test
    void keepsBytesThatAreNoText() throws IOException {
        TarEntry entry =
                only(new TarBytes().pax("path=a\u00ff/b", "linkpath=\u00fe").link("x", '2', "y"));
        assertThat(entry.path().getFirst().raw()).isEqualTo(new byte[] {'a', (byte) 0xff});
        assertThat(entry.target()).isEqualTo(Name.of(new byte[] {(byte) 0xfe}));
    }

    @Test
    void takesGnusLongNamesAndTargets() throws IOException {
        TarEntry entry = only(new TarBytes()
                .entry("././@LongLink", 'L', "", ("d/" + "n".repeat(150) + "\0").getBytes(StandardCharsets.UTF_8))
                .entry("././@LongLink", 'K', "", ("t".repeat(150) + "\0").getBytes(StandardCharsets.UTF_8))
                .link("short", '2', "target"));
        assertThat(entry.path().getLast()).hasToString("n".repeat(150));
        assertThat(entry.target()).hasToString("t".repeat(150));
    }

    @Test
    void fillsHoles() throws IOException {
        assertThat(read(new TarBytes()
                                .pax(
                                        "GNU.sparse.major=1",
                                        "GNU.sparse.minor=0",
                                        "GNU.sparse.name=a",
                                        "GNU.sparse.realsize=8")
                                .entry(
                                        "GNUSparseFile.0/a",
                                        '0',
                                        "",
                                        (pad("2\n1\n2\n5\n1\n", 512) + "xyz").getBytes(StandardCharsets.UTF_8))
                                .pax("GNU.sparse.size=4", "GNU.sparse.map=2,1")
                                .file("b", "q")
                                .pax(
                                        "GNU.sparse.size=3",
                                        "GNU.sparse.offset=0",
                                        "GNU.sparse.numbytes=1",
                                        "GNU.sparse.offset=2",
                                        "GNU.sparse.numbytes=1")
                                .file("c", "rs")
                                .end()
                                .stream()))
                .containsExactly("a:\0xy\0\0z\0\0", "b:\0\0q\0", "c:r\0s");
    }

    private static String pad(String text, int length) {
        return text + "\0".repeat(length - text.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/../b", "/etc/passwd", "a/..", "..", "/", ""})
    void refusesNamesThatLeaveTheTop(String name) {
        assertThatThrownBy(() -> read(
                        new TarBytes().pax("path=" + (name.isEmpty() ? "\0" : name)).file("x", "1").end().stream()))
                .isInstanceOf(TarFormatException.class);
    }

    @Test
    void refusesTargetsOfHardLinksThatLeaveTheTop() {
        for (String target : List.of("../a", "/etc/passwd", "")) {
            assertThatThrownBy(() -> read(new TarBytes().link("x", '1', target).end().stream()))
                    .as(target)
                    .isInstanceOf(TarFormatException.class);
        }
    }

    @Test
    void refusesAnArchiveThatEndsEarly() {
        byte[] whole =
                new TarBytes().file("a", "content").file("b", "more").end().bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(new ByteArrayInputStream(cut)))
                    .as("%d bytes", length)
                    .isInstanceOf(TarFormatException.class);
        }
    }

    @Test
    void refusesWhatFollowsTheEnd() {
        assertThatThrownBy(() -> read(new TarBytes().file("a", "1").end().file("b", "2").end().stream()))
                .hasMessageContaining("follows its end");
        assertThatThrownBy(() -> read(new TarBytes().file("a", "1").data(new byte[512]).file("b", "2").end().stream()))
                .hasMessageContaining("empty");
    }

    @Test
    void refusesNumbersThatCannotBe() {
        for (String record : List.of(
                "mtime=9e9999999",
                "mtime=" + "9".repeat(70),
                "size=-1",
                "size=9999999999999999999",
                "uid=4294967296",
                "uid=x",
                "GNU.sparse.size=99999999999999",
                "GNU.sparse.realsize=1e9")) {
            assertThatThrownBy(() -> read(new TarBytes().pax(record).file("a", "1").end().stream()))
                    .as(record)
                    .isInstanceOf(TarFormatException.class);
        }
        assertThatThrownBy(() -> read(new TarBytes().header("a", '0', "", "9999999999").end().stream()))
                .isInstanceOf(TarFormatException.class);
    }

    @Test
    void refusesHolesThatCannotBeOrAreTooMany() {
        for (String map : List.of("0,1,0,1", "5,1", "0", "0,1,a,b", "3,-1", "1,9223372036854775807")) {
            assertThatThrownBy(() -> read(new TarBytes()
                            .pax("GNU.sparse.size=4", "GNU.sparse.map=" + map).file("a", "q").end().stream()))
                    .as(map)
                    .isInstanceOf(TarFormatException.class);
        }
        assertThatThrownBy(() -> read(new TarBytes()
                        .pax("GNU.sparse.size=" + (1L << 41), "GNU.sparse.map=0,1").file("a", "q").end().stream()))
                .hasMessageContaining("holes");
    }

    @Test
    void refusesExtendedHeadersThatAreTooLongOrTooManyOrSpeakForAll() {
        byte[] large = new byte[2 * 1024 * 1024];
        assertThatThrownBy(() -> read(new TarBytes().entry("p", 'x', "", large).file("a", "").end().stream()))
                .hasMessageContaining("more than 1048576");
        assertThatThrownBy(() -> read(new TarBytes().pax("path=a").pax("path=b").file("c", "").end().stream()))
                .hasMessageContaining("two extended headers");
        assertThatThrownBy(() -> read(new TarBytes().extension('g', "path=a").file("c", "").end().stream()))
                .hasMessageContaining("path");
        assertThatCode(() -> read(new TarBytes().extension('g', "comment=of git").file("c", "").end().stream()))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesKindsThatItCannotKeep() {
        for (char kind : new char[] {'M', 'N', 'A', '9'}) {
            assertThatThrownBy(() -> read(new TarBytes().entry("a", kind, "", new byte[0]).end().stream()))
                    .hasMessageContaining("kind '%c'".formatted(kind));
        }
    }

    /** Whatever becomes of an archive on its way: it is read, or refused with a reason; nothing else, and soon. */
    @Property(tries = 300)
    void failsInNoOtherWayOnDamage(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] tar = new TarBytes()
                .directory("a/")
                .pax(
                        "path=" + "l".repeat(120),
                        "mtime=1.25",
                        "SCHILY.xattr.user.x=1",
                        "GNU.sparse.size=9",
                        "GNU.sparse.map=1,2")
                .file("s", "zz")
                .link("h", '1', "a/b")
                .file("a/b", "content")
                .end()
                .bytes();
        for (int i = random.nextInt(4); i >= 0; i--) {
            tar[random.nextInt(tar.length)] = (byte) random.nextInt();
        }
        byte[] fixed = random.nextBoolean() ? tar : withChecksums(tar);
        Throwable thrown = catchThrowable(() -> read(new ByteArrayInputStream(fixed)));
        assertThat(thrown).as("seed %d", seed).isIn(thrown instanceof TarFormatException ? thrown : null, null);
    }

    /** So that the damage gets past the first look. */
    private static byte[] withChecksums(byte[] tar) {
        for (int block = 0; block + 512 <= tar.length; block += 512) {
            if (tar[block + 257] == 'u') {
                Arrays.fill(tar, block + 148, block + 156, (byte) ' ');
                int sum = 0;
                for (int i = 0; i < 512; i++) {
                    sum += tar[block + i] & 0xff;
                }
                byte[] text = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(text, 0, tar, block + 148, text.length);
            }
        }
        return tar;
    }
}
