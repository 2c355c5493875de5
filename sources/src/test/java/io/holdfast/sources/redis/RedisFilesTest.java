package io.holdfast.sources.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sources.component.Content;
import io.holdfast.vault.backup.Root;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisFilesTest {

    private static final FileNames RDB_WINS = FileNames.DEFAULT;
    private static final FileNames AOF_WINS = FileNames.DEFAULT.with(Map.of(), true);
    private static final String BASE = "appendonlydir/appendonly.aof.1.base.rdb";
    private static final String INCREMENT = "appendonlydir/appendonly.aof.1.incr.aof";
    private static final String MANIFEST = "appendonlydir/appendonly.aof.manifest";

    @TempDir
    private Path data;

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectory(data.resolve("appendonlydir"));
        Files.write(data.resolve("dump.rdb"), RdbCheckTest.RDB);
        Files.write(data.resolve("temp-77.rdb"), new byte[3]);
        Files.write(data.resolve(BASE), RdbCheckTest.RDB);
        Files.writeString(data.resolve(INCREMENT), "*1\r\n$8\r\nFLUSHALL\r\n");
        Files.writeString(
                data.resolve(MANIFEST),
                "file appendonly.aof.1.base.rdb seq 1 type b\nfile appendonly.aof.1.incr.aof seq 1 type i\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsNothingWrongWithWhatIsWhole(boolean tar) throws IOException {
        RedisFiles files = look(tar);

        assertThat(files.rdbProblem(RDB_WINS)).isEmpty();
        assertThat(files.aofProblem(AOF_WINS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsWhatIsMissing(boolean tar) throws IOException {
        Files.delete(data.resolve("dump.rdb"));
        Files.delete(data.resolve(INCREMENT));

        RedisFiles files = look(tar);

        assertThat(files.rdbProblem(RDB_WINS)).hasValue("dump.rdb is not there");
        assertThat(files.aofProblem(AOF_WINS)).hasValue(INCREMENT + ", which the manifest names, is not there");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsWhatIsDamaged(boolean tar) throws IOException {
        Files.write(data.resolve("dump.rdb"), new byte[0]);
        Files.write(data.resolve(BASE), new byte[100]);

        RedisFiles files = look(tar);

        assertThat(files.rdbProblem(RDB_WINS)).hasValue("dump.rdb is empty");
        assertThat(files.aofProblem(AOF_WINS))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith(BASE + " is no RDB file"));
    }

    @Test
    void takesAnAppendOnlyFileOfOnePieceForWhole() throws IOException {
        Files.delete(data.resolve(MANIFEST));
        assertThat(look(false).aofProblem(AOF_WINS)).hasValue(MANIFEST + " is not there");

        Files.createFile(data.resolve("appendonly.aof"));

        assertThat(look(false).aofProblem(AOF_WINS)).isEmpty();
    }

    @Test
    void tellsByThePrintWhetherTheServerReadsTheSame() throws IOException {
        String rdb = look(false).print(RDB_WINS);
        String aof = look(false).print(AOF_WINS);
        assertThat(look(true).print(RDB_WINS)).isEqualTo(rdb);
        assertThat(look(true).print(AOF_WINS)).isEqualTo(aof);

        Files.writeString(data.resolve(INCREMENT), "more");

        assertThat(look(false).print(RDB_WINS)).isEqualTo(rdb);
        assertThat(look(false).print(AOF_WINS)).isNotEqualTo(aof);
    }

    private RedisFiles look(boolean tar) throws IOException {
        byte[] bytes = tar ? tar() : new byte[0];
        Root root = tar
                ? new Root.Tar("/shop/cache/data", () -> new ByteArrayInputStream(bytes))
                : new Root.Tree(data, "/shop/cache/data");
        return RedisFiles.of(new Content(List.of(root), List.of()));
    }

    private byte[] tar() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8");
                Stream<Path> walk = Files.walk(data)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                var entry = new TarArchiveEntry(path.toFile(), "./" + data.relativize(path));
                tar.putArchiveEntry(entry);
                if (Files.isRegularFile(path)) {
                    Files.copy(path, tar);
                }
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
