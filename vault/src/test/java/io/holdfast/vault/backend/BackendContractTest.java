package io.holdfast.vault.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.vault.backend.Backend.Entry;
import io.holdfast.vault.backend.BackendException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every backend promises. Each implementation runs this suite over a repository it makes for one test. */
public abstract class BackendContractTest {

    protected static final Handle PACK = handle(FileType.PACK, 1);

    protected Backend backend;

    /** A backend over a place where a repository has been founded: it holds {@link Handle#CONFIG} and nothing else. */
    protected abstract Backend open() throws Exception;

    @BeforeEach
    void openBackend() throws Exception {
        backend = open();
    }

    @AfterEach
    void closeBackend() throws BackendException {
        backend.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONFIG")
    void givesBackWhatWasStored(FileType type) throws BackendException {
        Handle handle = handle(type, 7);
        byte[] content = bytes(100_000);

        backend.store(handle, content);

        assertThat(backend.load(handle)).isEqualTo(content);
        assertThat(backend.size(handle)).isEqualTo(content.length);
        assertThat(backend.list(type)).containsExactly(new Entry(handle, content.length));
    }

    @Test
    void tellsWhenAFileWasStoredIfItTellsAtAll() throws BackendException {
        backend.store(PACK, bytes(10));

        assertThat(backend.storedAt(PACK).stream())
                .allSatisfy(time -> assertThat(time).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES)));
    }

    @Test
    void holdsTheConfig() throws BackendException {
        assertThat(backend.load(Handle.CONFIG)).isEqualTo(config());
        assertThat(backend.list(FileType.CONFIG)).containsExactly(new Entry(Handle.CONFIG, config().length));
    }

    @Test
    void holdsAnEmptyFile() throws BackendException {
        backend.store(PACK, new byte[0]);

        assertThat(backend.load(PACK)).isEmpty();
        assertThat(backend.load(PACK, 0, 0)).isEmpty();
        assertThat(backend.list(FileType.PACK)).containsExactly(new Entry(PACK, 0));
    }

    @Test
    void holdsAFileLargerThanAnyBuffer() throws BackendException {
        byte[] content = bytes(20 << 20);

        backend.store(PACK, content);

        assertThat(backend.load(PACK)).isEqualTo(content);
    }

    @Test
    void loadsAPartOfAFile() throws BackendException {
        backend.store(PACK, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});

        assertThat(backend.load(PACK, 0, 10)).hasSize(10);
        assertThat(backend.load(PACK, 3, 4)).containsExactly(3, 4, 5, 6);
        assertThat(backend.load(PACK, 9, 1)).containsExactly(9);
        assertThat(backend.load(PACK, 4, 0)).isEmpty();
    }

    @Test
    void callsAFileThatIsTooShortDamaged() throws BackendException {
        backend.store(PACK, new byte[10]);

        assertThat(kindOf(() -> backend.load(PACK, 5, 6))).isEqualTo(Kind.DAMAGED);
        assertThat(kindOf(() -> backend.load(PACK, 10, 1))).isEqualTo(Kind.DAMAGED);
        assertThat(kindOf(() -> backend.load(PACK, 5_000_000_000L, 1))).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void saysWhatDoesNotExist() {
        assertThat(kindOf(() -> backend.load(PACK))).isEqualTo(Kind.NOT_FOUND);
        assertThat(kindOf(() -> backend.load(PACK, 0, 1))).isEqualTo(Kind.NOT_FOUND);
        assertThat(kindOf(() -> backend.size(PACK))).isEqualTo(Kind.NOT_FOUND);
        assertThatThrownBy(() -> backend.load(PACK))
                .hasMessageStartingWith("HF-V101 Cannot load " + PACK.path() + " in " + backend.location() + ": ");
    }

    @Test
    void storesTheSameFileTwiceWithoutHarm() throws BackendException {
        backend.store(PACK, bytes(1_000));
        backend.store(PACK, bytes(1_000));

        assertThat(backend.load(PACK)).isEqualTo(bytes(1_000));
        assertThat(backend.list(FileType.PACK)).hasSize(1);
    }

    @Test
    void replacesADamagedFileByAGoodOne() throws BackendException {
        backend.store(PACK, new byte[] {1, 2, 3});
        backend.store(PACK, bytes(1_000));

        assertThat(backend.load(PACK)).isEqualTo(bytes(1_000));
    }

    @Test
    void keepsTheConfigThatWasFirst() throws BackendException {
        backend.store(Handle.CONFIG, config());

        assertThat(kindOf(() -> backend.store(Handle.CONFIG, bytes(200)))).isEqualTo(Kind.MISCONFIGURED);
        assertThat(backend.load(Handle.CONFIG)).isEqualTo(config());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONFIG")
    void listsNothingInAnEmptyRepository(FileType type) throws BackendException {
        assertThat(backend.list(type)).isEmpty();
    }

    @Test
    void listsEveryFileOfOneTypeAndOfNoOther() throws BackendException {
        List<Entry> packs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            backend.store(handle(FileType.PACK, i), new byte[i]);
            packs.add(new Entry(handle(FileType.PACK, i), i));
        }
        backend.store(handle(FileType.INDEX, 1), new byte[1]);

        assertThat(backend.list(FileType.PACK)).containsExactlyInAnyOrderElementsOf(packs);
    }

    @Test
    void deletesAFileAndThenNothing() throws BackendException {
        backend.store(PACK, new byte[1]);

        backend.delete(PACK);
        backend.delete(PACK);

        assertThat(kindOf(() -> backend.load(PACK))).isEqualTo(Kind.NOT_FOUND);
        assertThat(backend.list(FileType.PACK)).isEmpty();
    }

    @Test
    void takesAPackOfTreesForTheSameFile() throws BackendException {
        Handle trees = Handle.ofTrees(PACK.name());
        backend.store(trees, bytes(1_000));

        assertThat(backend.load(PACK)).isEqualTo(bytes(1_000));
        assertThat(backend.load(trees, 3, 2)).containsExactly(bytes(1_000)[3], bytes(1_000)[4]);
        assertThat(backend.list(FileType.PACK)).containsExactly(new Entry(trees, 1_000));
        backend.delete(trees);
        assertThat(backend.list(FileType.PACK)).isEmpty();
    }

    @Test
    void keepsFilesFromDeletionWhereItCan() throws BackendException {
        Handle lock = handle(FileType.LOCK, 1);
        backend.store(PACK, bytes(10));
        backend.store(lock, bytes(10));
        boolean keeps = backend.retention().isPresent();
        Instant later =
                Instant.now().plus(backend.retention().orElse(Duration.ZERO)).plusSeconds(600);

        assertThat(backend.retain(PACK, Instant.now())).isFalse();
        assertThat(backend.retain(PACK, later)).isEqualTo(keeps);
        assertThat(backend.retain(PACK, later)).isFalse();
        assertThat(backend.retain(lock, later)).isFalse();
        backend.delete(lock);
        assertThat(backend.list(FileType.LOCK)).isEmpty();
    }

    @Test
    protected void storesOneFileFromManyThreadsAtOnce() throws Exception {
        byte[] content = bytes(300_000);

        atOnce(() -> {
            backend.store(PACK, content);
            return backend.load(PACK);
        });

        assertThat(backend.load(PACK)).isEqualTo(content);
        assertThat(backend.list(FileType.PACK)).containsExactly(new Entry(PACK, content.length));
    }

    protected static void atOnce(Callable<byte[]> task) throws Exception {
        try (var executor = Executors.newFixedThreadPool(8)) {
            List<Future<byte[]>> results = executor.invokeAll(
                    IntStream.range(0, 16).mapToObj(_ -> task).toList());
            byte[] first = results.getFirst().get();
            for (Future<byte[]> result : results) {
                assertThat(result.get()).isEqualTo(first);
            }
        }
    }

    /** The kind of the call's failure; a call that succeeds fails the test. */
    public static Kind kindOf(ThrowingCallable call) {
        BackendException failure = catchThrowableOfType(BackendException.class, call);
        assertThat(failure).as("the call should have failed").isNotNull();
        return failure.kind();
    }

    protected static Handle handle(FileType type, int number) {
        return new Handle(type, "%02x%062x".formatted(number * 37 % 256, number));
    }

    protected static byte[] config() {
        return bytes(155);
    }

    protected static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
