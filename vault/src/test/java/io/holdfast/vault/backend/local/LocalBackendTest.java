package io.holdfast.vault.backend.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendContractTest;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalBackendTest extends BackendContractTest {

    /** A founded repository, copied for each test: with two of the 256 directories for packs, since making them takes time. */
    @TempDir
    static Path founded;

    @TempDir
    Path temporary;

    @BeforeAll
    static void found() throws IOException {
        LocalBackend.at(founded).store(Handle.CONFIG, config());
        String used = PACK.name().substring(0, 2);
        for (String shard : names(founded.resolve("data"))) {
            if (!shard.equals("00") && !shard.equals(used)) {
                Files.delete(founded.resolve("data").resolve(shard));
            }
        }
    }

    @Override
    protected Backend open() throws IOException {
        try (Stream<Path> files = Files.walk(founded)) {
            for (Path file : files.toList()) {
                Path copy = root().resolve(founded.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectory(
                            copy, PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(file)));
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return LocalBackend.at(root());
    }

    @Test
    void laysOutAllDirectoriesWithTheFirstFile() throws IOException {
        Path fresh = temporary.resolve("deep/down/fresh");

        LocalBackend.at(fresh).store(handle(FileType.KEY, 1), bytes(10));

        assertThat(names(fresh)).containsExactlyInAnyOrder("keys", "data", "index", "snapshots", "locks");
        assertThat(names(fresh.resolve("data"))).hasSize(256).contains("00", "0a", "ff");
        assertThat(mode(fresh)).isEqualTo("rwx------");
        assertThat(mode(fresh.resolve("data/0a"))).isEqualTo("rwx------");
    }

    @Test
    void leavesOneReadOnlyFileAndNoOther() throws IOException {
        backend.store(PACK, bytes(10));

        Path file = root().resolve(PACK.path());
        assertThat(names(file.resolveSibling(""))).containsExactly(PACK.name());
        assertThat(mode(file)).isEqualTo("r--------");
    }

    @Test
    void opensItsFilesToTheGroupWhereTheConfigIs() throws IOException {
        Files.setPosixFilePermissions(root().resolve("config"), PosixFilePermissions.fromString("r--r-----"));

        backend.store(PACK, bytes(10));

        assertThat(mode(root().resolve(PACK.path()))).isEqualTo("r--r-----");
    }

    @Test
    void passesOverNamesThatAreNotItsOwn() throws IOException {
        backend.store(PACK, bytes(10));
        Path good = root().resolve(PACK.path());
        Files.write(good.resolveSibling(PACK.name() + "-tmp-0123"), bytes(3));
        Files.write(good.resolveSibling("notes.txt"), bytes(3));
        Files.write(root().resolve("data").resolve(PACK.name()), bytes(3));
        Files.createDirectory(root().resolve("data/lost+found"));
        Files.write(root().resolve("data/00").resolve(handle(FileType.PACK, 2).name()), bytes(3));
        Files.createDirectory(
                root().resolve("snapshots").resolve(handle(FileType.SNAPSHOT, 3).name()));

        assertThat(backend.list(FileType.PACK)).containsExactly(new Backend.Entry(PACK, 10));
        assertThat(backend.list(FileType.SNAPSHOT)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"KEY", "PACK", "INDEX", "SNAPSHOT"})
    void callsAMissingDirectoryOfARepositoryAFaultAndNeverEmpty(FileType type) throws IOException {
        Files.move(root().resolve(type.directory()), temporary.resolve("elsewhere"));

        assertThat(kindOf(() -> backend.list(type))).isEqualTo(Kind.MISCONFIGURED);
        assertThat(kindOf(() -> backend.store(handle(type, 1), bytes(1)))).isEqualTo(Kind.MISCONFIGURED);
        assertThat(root().resolve(type.directory())).doesNotExist();
    }

    @Test
    void makesUpForDirectoriesThatCopiesThroughAnObjectStoreLack() throws IOException {
        Files.delete(root().resolve("locks"));
        Files.delete(root().resolve(PACK.path()).resolveSibling(""));

        assertThat(backend.list(FileType.LOCK)).isEmpty();
        assertThat(backend.list(FileType.PACK)).isEmpty();
        backend.store(handle(FileType.LOCK, 1), bytes(1));
        backend.store(PACK, bytes(1));

        assertThat(backend.list(FileType.LOCK)).hasSize(1);
        assertThat(backend.list(FileType.PACK)).hasSize(1);
    }

    @Test
    void countsAnEmptyDirectoryAsEmpty() throws IOException {
        Backend fresh = LocalBackend.at(Files.createDirectory(temporary.resolve("empty")));

        assertThat(fresh.list(FileType.SNAPSHOT)).isEmpty();
        assertThat(fresh.list(FileType.CONFIG)).isEmpty();
        assertThat(kindOf(() -> fresh.load(Handle.CONFIG))).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void refusesToWriteBesideADiskThatIsNotMounted() {
        Backend absent = LocalBackend.at(temporary.resolve("unmounted"));

        assertThat(kindOf(() -> absent.size(Handle.CONFIG))).isEqualTo(Kind.NOT_FOUND);
        assertThat(kindOf(() -> absent.load(PACK))).isEqualTo(Kind.MISCONFIGURED);
        assertThat(kindOf(() -> absent.list(FileType.SNAPSHOT))).isEqualTo(Kind.MISCONFIGURED);
        assertThat(kindOf(() -> absent.delete(PACK))).isEqualTo(Kind.MISCONFIGURED);
        assertThat(kindOf(() -> absent.store(PACK, bytes(1)))).isEqualTo(Kind.MISCONFIGURED);
        assertThat(temporary.resolve("unmounted")).doesNotExist();
    }

    @Test
    void noticesWhenTheDiskUnderItIsTakenAway() throws IOException {
        backend.list(FileType.SNAPSHOT);
        Files.move(root(), temporary.resolve("taken"));
        Files.createDirectory(root());

        assertThatThrownBy(() -> backend.list(FileType.SNAPSHOT))
                .hasMessageContaining("HF-V103 Cannot list snapshots in " + root())
                .hasMessageContaining("Mount the disk");
        assertThat(kindOf(() -> backend.store(PACK, bytes(1)))).isEqualTo(Kind.MISCONFIGURED);
        assertThat(names(root())).isEmpty();
    }

    @Test
    void saysThatAFileIsInTheWay() throws IOException {
        Path file = Files.write(temporary.resolve("file"), bytes(1));

        assertThat(kindOf(() -> LocalBackend.at(file).store(handle(FileType.KEY, 1), bytes(1))))
                .isEqualTo(Kind.MISCONFIGURED);
        assertThat(kindOf(() -> LocalBackend.at(file.resolve("below")).store(Handle.CONFIG, bytes(1))))
                .isEqualTo(Kind.MISCONFIGURED);
    }

    @Test
    void letsOneOfManyFoundersWin() throws Exception {
        Path contested = temporary.resolve("contested");
        AtomicInteger founders = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();

        atOnce(() -> {
            Backend founder = LocalBackend.at(contested);
            try {
                founder.store(Handle.CONFIG, bytes(100 + founders.getAndIncrement()));
            } catch (BackendException e) {
                assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED);
                refused.incrementAndGet();
            }
            return founder.load(Handle.CONFIG);
        });

        assertThat(refused).hasValue(founders.get() - 1);
        assertThat(names(contested)).containsExactlyInAnyOrder("config", "keys", "data", "index", "snapshots", "locks");
    }

    private Path root() {
        return temporary.resolve("repository");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
