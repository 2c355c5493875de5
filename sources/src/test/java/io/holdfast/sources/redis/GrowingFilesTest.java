package io.holdfast.sources.redis;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.vault.tar.TarEntry;
import io.holdfast.vault.tar.TarLimits;
import io.holdfast.vault.tar.TarReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFilesTest {

    @TempDir
    private Path data;

    @Test
    void handsOutEachFileAsLongAsItWasWhenItsTurnCame() throws IOException {
        Path aof = Files.writeString(data.resolve("appendonly.aof"), "one");
        try (var reader = new Reading()) {
            assertThat(reader.next()).isEqualTo(".");
            assertThat(reader.next()).isEqualTo("appendonly.aof");
            Files.writeString(aof, "two", StandardOpenOption.APPEND);

            assertThat(reader.content()).isEqualTo("one");
        }
    }

    @Test
    void handsOutWhatAFileWasThatIsReplacedMeanwhile() throws IOException {
        Path rdb = Files.writeString(data.resolve("dump.rdb"), "old content");
        try (var reader = new Reading()) {
            reader.next();
            reader.next();
            Files.move(Files.writeString(data.resolve("temp-1.rdb"), "new"), rdb, REPLACE_EXISTING);

            assertThat(reader.content()).isEqualTo("old content");
        }
    }

    @Test
    void failsWhenAFileBecomesShorter() throws IOException {
        Path aof = Files.writeString(data.resolve("appendonly.aof"), "one");
        try (var reader = new Reading()) {
            reader.next();
            reader.next();
            try (var file = new RandomAccessFile(aof.toFile(), "rw")) {
                file.setLength(1);
            }

            assertThatThrownBy(reader::content).isInstanceOf(EOFException.class).hasMessageContaining("became shorter");
        }
    }

    @Test
    void keepsDirectoriesLinksAndEmptyFilesButNothingTemporary() throws IOException {
        Files.createDirectory(data.resolve("appendonlydir"));
        Files.createFile(data.resolve("appendonlydir/appendonly.aof.1.incr.aof"));
        Files.write(data.resolve("dump.rdb"), new byte[512]);
        Files.createSymbolicLink(data.resolve("link"), Path.of("dump.rdb"));
        Files.createFile(data.resolve("temp-12.rdb"));

        assertThat(kinds().toString())
                .isEqualTo(
                        "{.=DIR, appendonlydir=DIR, appendonlydir/appendonly.aof.1.incr.aof=FILE 0, dump.rdb=FILE 512, link=SYMLINK dump.rdb}");
    }

    @Test
    void keepsNamesThatAreLongerThanATarsHeaderHasRoomFor() throws IOException {
        String name = "n".repeat(200) + ".aof";
        Files.writeString(data.resolve(name), "one");
        Files.createSymbolicLink(data.resolve("to"), Path.of(name));

        assertThat(kinds()).containsOnly(entry(".", "DIR"), entry(name, "FILE 3"), entry("to", "SYMLINK " + name));
    }

    @Test
    void leavesTheServersSocketOut() throws IOException {
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(data.resolve("redis.sock")));

            assertThat(kinds()).containsOnlyKeys(".");
        }
    }

    private Map<String, String> kinds() throws IOException {
        var kinds = new TreeMap<String, String>();
        try (var reader = new Reading()) {
            for (String name = reader.next(); !name.isEmpty(); name = reader.next()) {
                kinds.put(name, reader.kind());
            }
        }
        return kinds;
    }

    private final class Reading implements AutoCloseable {

        private final InputStream in = GrowingFiles.of(data);
        private final TarReader tar = new TarReader(in, TarLimits.STANDARD);
        private String kind = "";

        private Reading() throws IOException {}

        /** Empty at the end. */
        String next() throws IOException {
            TarEntry entry = tar.next();
            if (entry == null) {
                return "";
            }
            kind = switch (entry.metadata().type()) {
                case FILE -> "FILE " + entry.metadata().size();
                case SYMLINK -> "SYMLINK " + entry.target();
                default -> entry.metadata().type().name();
            };
            return TarEntry.text(entry.path());
        }

        String kind() {
            return kind;
        }

        String content() throws IOException {
            return new String(tar.content().readAllBytes(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
