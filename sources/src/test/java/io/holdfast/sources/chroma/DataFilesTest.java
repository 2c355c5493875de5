package io.holdfast.sources.chroma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sources.component.SourceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFilesTest {

    private static final String SEGMENT = "38ba5776-c27a-4e0a-b870-21f4296161dc/";
    private static final int PAGE = 4096;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    DataFilesTest() {
        files.put(DataFiles.DATABASE, database(3));
        files.put(SEGMENT + "header.bin", header(100, 250));
        files.put(SEGMENT + "data_level0.bin", new byte[250 * 172]);
        files.put(SEGMENT + "length.bin", new byte[250 * 4]);
        files.put(SEGMENT + "link_lists.bin", new byte[250 * 4 + 68]);
        files.put(SEGMENT + "index_metadata.pickle", new byte[7]);
    }

    @Test
    void passesWholeFilesOnAsTheyAre() throws IOException {
        byte[] tar = tar();

        try (InputStream checked = new CheckedTar(new ByteArrayInputStream(tar))) {
            assertThat(checked.readAllBytes()).isEqualTo(tar);
        }
    }

    @Test
    void letsAnIndexBeThatHasNoElementsYet() {
        files.put(SEGMENT + "header.bin", header(100, 0));
        files.put(SEGMENT + "data_level0.bin", new byte[100 * 172]);
        files.put(SEGMENT + "length.bin", new byte[400]);
        files.put(SEGMENT + "link_lists.bin", new byte[0]);
        files.remove(SEGMENT + "index_metadata.pickle");

        assertThatCode(this::read).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"header.bin", "data_level0.bin", "length.bin", "link_lists.bin", "index_metadata.pickle"})
    void failsOverAFileOfAnIndexThatIsCutShortOrEmptyOrGone(String name) {
        byte[] whole = Objects.requireNonNull(files.get(SEGMENT + name));
        int least = name.equals("index_metadata.pickle") ? 1 : name.equals("link_lists.bin") ? 250 * 4 : whole.length;
        files.put(SEGMENT + name, Arrays.copyOf(whole, least - 1));
        assertFails("HF-Q54", name);
        files.put(SEGMENT + name, new byte[0]);
        assertFails("HF-Q54", name);
        files.remove(SEGMENT + name);
        assertFails("HF-Q54", name);
    }

    @Test
    void failsOverAHeaderThatMakesNoSense() {
        files.put(SEGMENT + "header.bin", header(100, -1));

        assertFails("HF-Q54", "header.bin");
    }

    @Test
    void failsOverADatabaseThatIsCutShort() {
        files.put(DataFiles.DATABASE, Arrays.copyOf(database(), 2 * PAGE));
        assertFails("HF-Q54", "its header says 12288 bytes");
        files.put(DataFiles.DATABASE, new byte[0]);
        assertFails("HF-Q54", "SQLite");
    }

    @Test
    void knowsThatAJournalCompletesADatabase() {
        files.put(DataFiles.DATABASE, Arrays.copyOf(database(), 2 * PAGE));
        files.put(DataFiles.DATABASE + "-journal", new byte[512]);

        assertThatCode(this::read).doesNotThrowAnyException();
    }

    @Test
    void failsWhereThereIsNoDatabase() {
        files.remove(DataFiles.DATABASE);

        assertFails("HF-Q53", "has no chroma.sqlite3");
    }

    private byte[] database() {
        return Objects.requireNonNull(files.get(DataFiles.DATABASE));
    }

    private void assertFails(String code, String why) {
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(why)
                .hasMessageContaining("earlier snapshots are safe");
    }

    private void read() throws IOException {
        try (InputStream checked = new CheckedTar(new ByteArrayInputStream(tar()))) {
            checked.readAllBytes();
        }
    }

    private byte[] tar() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new TarArchiveOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                var entry = new TarArchiveEntry("./" + file.getKey());
                entry.setSize(file.getValue().length);
                out.putArchiveEntry(entry);
                out.write(file.getValue());
                out.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] header(long most, long elements) {
        return ByteBuffer.allocate(100)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 1)
                .putLong(12, Math.max(most, elements))
                .putLong(20, elements)
                .putLong(28, 172)
                .array();
    }

    private static byte[] database(int pages) {
        return ByteBuffer.allocate(pages * PAGE)
                .put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII))
                .putShort(16, (short) PAGE)
                .putInt(24, 5)
                .putInt(28, pages)
                .putInt(92, 5)
                .array();
    }
}
