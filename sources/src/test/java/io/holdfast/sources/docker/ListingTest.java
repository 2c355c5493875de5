package io.holdfast.sources.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.tar.TarEntry;
import io.holdfast.vault.tar.TarFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class ListingTest {

    @Test
    void namesWhatTheOtherLacksOnceForADirectory() throws IOException {
        assertThat(lacked(listing("./", "a", "b/", "b/c", "d/", "d/e", "d/f/", "d/f/g"), listing("a", "d/", "d/e")))
                .containsExactly("b", "d/f");
    }

    @Test
    void namesWhatTheOtherHasAsSomethingElse() throws IOException {
        assertThat(lacked(listing("a", "b/", "b/c"), listing("a/", "a/x", "b"))).containsExactly("a", "b");
    }

    @Test
    void leavesWhatIsKeptAndTheDirectoriesThatLeadThere() throws IOException {
        Listing here = listing("a/", "a/b/", "a/b/kept.tmp", "a/b/c", "a/d", "cache/", "cache/x", "e.tmp");

        assertThat(lacked(here, listing("z"), "*.tmp", "cache")).containsExactly("a/b/c", "a/d");
    }

    @Test
    void matchesAPatternWithALeadingSlashAgainstThePlaceInTheSnapshot() throws IOException {
        Listing here = listing("x/", "x/a", "b");

        assertThat(lacked(here, listing("z"), "/shop/docs/data/x")).containsExactly("b");
    }

    @Test
    void countsFilesAndTheirBytes() throws IOException {
        Listing listing = listing("./", "a", "b/", "b/cc");

        assertThat(listing.files()).isEqualTo(2);
        assertThat(listing.bytes()).isEqualTo("a".length() + "b/cc".length());
    }

    @Test
    void refusesATarThatLeadsThroughAFile() {
        assertThatThrownBy(() -> listing("a", "a/b")).isInstanceOf(TarFormatException.class);
    }

    private static List<String> lacked(Listing here, Listing other, String... keep) {
        var layout = new Layout("/shop/docs", "/data", List.of(keep));
        return here.lackedBy(other, layout.kept()).stream().map(TarEntry::text).toList();
    }

    /** Each name is its file's content. */
    private static Listing listing(String... names) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (String name : names) {
                var entry = new TarArchiveEntry(name);
                byte[] content = name.endsWith("/") ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return Listing.of(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
