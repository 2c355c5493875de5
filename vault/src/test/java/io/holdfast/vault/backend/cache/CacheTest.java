package io.holdfast.vault.backend.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendContractTest;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Call;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheTest extends BackendContractTest {

    private static final String REPOSITORY = "12".repeat(32);
    private static final long SPACE = 100_000;

    private final FaultyBackend place = new FaultyBackend(new MemoryBackend());

    @TempDir
    Path directory;

    @Override
    protected Backend open() throws BackendException {
        place.store(Handle.CONFIG, config());
        return cached();
    }

    @ParameterizedTest
    @EnumSource(names = {"INDEX", "SNAPSHOT"})
    void loadsAFileFromItsPlaceOnce(FileType type) throws BackendException {
        Handle file = named(type, bytes(500));
        place.store(file, bytes(500));

        for (int i = 0; i < 3; i++) {
            assertThat(backend.load(file)).isEqualTo(bytes(500));
            assertThat(cached().load(file)).isEqualTo(bytes(500));
        }

        assertThat(loads()).containsExactly(file.path());
    }

    @Test
    void loadsAPackOfTreesWholeAndOnce() throws Exception {
        Handle trees = trees(bytes(50_000));
        place.store(trees, bytes(50_000));

        atOnce(() -> backend.load(trees, 100, 20));
        assertThat(backend.load(trees, 49_990, 10)).isEqualTo(Arrays.copyOfRange(bytes(50_000), 49_990, 50_000));
        assertThat(backend.load(trees)).isEqualTo(bytes(50_000));

        assertThat(loads()).containsExactly(trees.path());
    }

    @Test
    void keepsWhatItStores() throws BackendException {
        Handle trees = trees(bytes(700));
        Handle index = named(FileType.INDEX, bytes(800));
        backend.store(trees, bytes(700));
        backend.store(index, bytes(800));

        assertThat(backend.load(trees, 3, 1)).containsExactly(bytes(700)[3]);
        assertThat(backend.load(index)).isEqualTo(bytes(800));
        assertThat(loads()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY", "LOCK", "PACK"})
    void neverKeepsKeysLocksAndData(FileType type) throws IOException {
        Handle file = named(type, bytes(500));
        backend.store(file, bytes(500));
        backend.load(file);
        backend.load(file, 0, 10);
        backend.load(Handle.CONFIG);

        assertThat(loads()).hasSize(3);
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 499, 501, 500})
    void callsADamagedFileAMiss(int length) throws IOException {
        for (Handle file : List.of(named(FileType.INDEX, bytes(500)), trees(bytes(600)))) {
            byte[] content = file.type() == FileType.INDEX ? bytes(500) : bytes(600);
            place.store(file, content);
            backend.load(file);
            byte[] damaged = Arrays.copyOf(content, length);
            Arrays.fill(damaged, 0, Math.min(10, length), (byte) 1);
            Files.write(cachedFile(file), damaged);

            Backend later = cached();

            assertThat(later.load(file)).isEqualTo(content);
            assertThat(Files.readAllBytes(cachedFile(file))).isEqualTo(content);
        }
        assertThat(loads()).hasSize(4);
    }

    @Test
    void goesBackToThePlaceWhenAFileVanishes() throws IOException {
        Handle trees = trees(bytes(600));
        place.store(trees, bytes(600));
        backend.load(trees, 0, 1);
        Files.delete(cachedFile(trees));

        assertThat(backend.load(trees, 1, 1)).containsExactly(bytes(600)[1]);
        assertThat(loads()).hasSize(2);
    }

    @Test
    void keepsNothingThatIsNotNamedAfterItsContent() throws IOException {
        Handle trees = Handle.ofTrees("ab".repeat(32));
        place.store(trees, bytes(600));

        assertThat(backend.load(trees, 5, 1)).containsExactly(bytes(600)[5]);
        assertThat(kindOf(() -> backend.load(trees, 599, 2))).isEqualTo(Kind.DAMAGED);
        assertThat(files()).isEmpty();
    }

    @Test
    void forgetsWhatIsDeleted() throws BackendException {
        Handle index = named(FileType.INDEX, bytes(500));
        backend.store(index, bytes(500));
        backend.delete(index);

        assertThat(kindOf(() -> backend.load(index))).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void makesRoomByWhatWasNotUsedForLongest() throws IOException {
        Handle[] indexes = new Handle[12];
        for (int i = 0; i < indexes.length; i++) {
            byte[] content = bytes(10_000 + i);
            indexes[i] = named(FileType.INDEX, content);
            place.store(indexes[i], content);
            backend.load(indexes[i]);
            if (Files.exists(cachedFile(indexes[i]))) {
                Files.setLastModifiedTime(cachedFile(indexes[i]), FileTime.from(Instant.EPOCH.plusSeconds(i)));
            }
            if (i == 8) {
                backend.load(indexes[0]);
            }
        }

        long used = 0;
        for (Path file : files()) {
            used += Files.size(file);
        }
        assertThat(used).isBetween(SPACE / 2, SPACE);
        assertThat(cachedFile(indexes[0])).exists();
        assertThat(cachedFile(indexes[1])).doesNotExist();
        assertThat(cachedFile(indexes[11])).exists();
        assertThat(directory.resolve("cache/CACHEDIR.TAG")).exists();
    }

    @Test
    void readsAPackLargerThanItsSpaceInParts() throws BackendException {
        Handle trees = trees(bytes((int) SPACE + 1));
        place.store(trees, bytes((int) SPACE + 1));

        assertThat(backend.load(trees, 7, 1)).containsExactly(bytes((int) SPACE + 1)[7]);
        assertThat(backend.load(trees)).hasSize((int) SPACE + 1);
    }

    @Test
    void goesOnWhereNothingCanBeKept() throws IOException {
        Path file = Files.createFile(directory.resolve("a-file"));
        Backend unlucky = Cache.in(file.resolve("cache"), SPACE).over(place, REPOSITORY);
        Handle trees = trees(bytes(600));

        unlucky.store(trees, bytes(600));

        assertThat(unlucky.load(trees)).isEqualTo(bytes(600));
        assertThat(unlucky.load(trees, 5, 1)).containsExactly(bytes(600)[5]);
    }

    @Test
    void showsThePlaceItselfToThoseWhoMustSeeIt() {
        assertThat(backend.uncached()).isSameAs(place);
    }

    @Test
    void liesWhereCachesLie() {
        assertThat(Cache.usualDirectory(Map.of("XDG_CACHE_HOME", "/x")::get)).isEqualTo(Path.of("/x/holdfast"));
        assertThat(Cache.usualDirectory(Map.of("HOLDFAST_CACHE_DIR", "/y", "XDG_CACHE_HOME", "/x")::get))
                .isEqualTo(Path.of("/y"));
        assertThat(Cache.usualDirectory(_ -> null)).endsWith(Path.of(".cache/holdfast"));
        assertThatThrownBy(() -> Cache.in(directory, SPACE).over(place, "../x"))
                .hasMessageContaining("is no repository id");
    }

    private Backend cached() {
        return Cache.in(directory.resolve("cache"), SPACE).over(place, REPOSITORY);
    }

    private List<String> loads() {
        return place.calls().stream()
                .filter(call -> call.operation() == Operation.LOAD)
                .map(Call::file)
                .toList();
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(directory.resolve("cache"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory.resolve("cache").resolve(REPOSITORY))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private Path cachedFile(Handle handle) {
        return directory
                .resolve("cache")
                .resolve(REPOSITORY)
                .resolve(handle.type().directory())
                .resolve(handle.name().substring(0, 2))
                .resolve(handle.name());
    }

    private static Handle trees(byte[] content) {
        return Handle.ofTrees(named(FileType.PACK, content).name());
    }

    private static Handle named(FileType type, byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new Handle(type, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
