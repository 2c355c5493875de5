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
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, 512)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (int length : new int[] {0, 1, 512, 2000}) {
                var entry = new TarArchiveEntry("n".repeat(150) + length);
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
