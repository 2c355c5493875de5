package io.holdfast.sources.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sources.engine.EngineException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class WholeTarTest {

    private static final int END = 1024;

    @Test
    void passesAWholeTarThrough() throws IOException {
        byte[] tar = tar();

        assertThat(whole(tar).readAllBytes()).isEqualTo(tar);
        assertThat(whole(new byte[END]).readAllBytes()).isEqualTo(new byte[END]);
    }

    @Property(tries = 300)
    void failsWhereverATarIsCut(@ForAll @IntRange(min = 0, max = 9000) int length) throws IOException {
        byte[] tar = tar();
        int data = tar.length - END;
        byte[] cut = Arrays.copyOf(tar, Math.min(length, data + 512));

        assertThatThrownBy(() -> whole(cut).readAllBytes()).hasMessageContaining("ends early");
    }

    @Test
    void tellsWhereItWasCut() throws IOException {
        byte[] tar = tar();
        String last = "n".repeat(150) + "2000";

        assertThatThrownBy(() -> whole(Arrays.copyOf(tar, 100)).readAllBytes())
                .hasMessageEndingWith("ends early, before its first file");
        assertThatThrownBy(
                        () -> whole(Arrays.copyOf(tar, tar.length - END - 512)).readAllBytes())
                .hasMessageEndingWith("ends early, within " + last);
        assertThatThrownBy(() -> whole(Arrays.copyOf(tar, tar.length - END)).readAllBytes())
                .hasMessageEndingWith("ends early, behind " + last);
    }

    /** Whoever can name a file would otherwise keep all that lies beside it from being captured. */
    @Test
    void takesNoNameForAnotherRecordOfItsHeader() throws IOException {
        byte[] tar = tar("u".repeat(120) + "\n14 size=12345\n");

        assertThat(whole(tar).readAllBytes()).isEqualTo(tar);
    }

    @Test
    void failsWhereSomethingStandsBehindTheEnd() throws IOException {
        byte[] tar = tar();
        byte[] more = Arrays.copyOf(tar, tar.length + 512);
        System.arraycopy("{\"message\":\"gone\"}".getBytes(UTF_8), 0, more, tar.length, 18);

        assertThatThrownBy(() -> whole(more).readAllBytes()).hasMessageContaining("behind the end");
    }

    @Test
    void refusesWhatIsNoTar() {
        assertThatThrownBy(() -> whole("no tar".repeat(1000).getBytes(UTF_8)).readAllBytes())
                .hasMessageContaining("no uncompressed tar");
    }

    /** With a long name, a size in an extended header, and content that looks like the end of a tar. */
    private static byte[] tar() throws IOException {
        return tar("n".repeat(150));
    }

    private static byte[] tar(String name) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, 512)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (int length : new int[] {0, 1, 512, 2000}) {
                var entry = new TarArchiveEntry(name + length);
                entry.setSize(length);
                Map.of("size", String.valueOf(length)).forEach(entry::addPaxHeader);
                tar.putArchiveEntry(entry);
                tar.write(new byte[length]);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static WholeTar whole(byte[] bytes) {
        return new WholeTar(new ByteArrayInputStream(bytes), how -> new EngineException(Reason.LOST, how));
    }
}
