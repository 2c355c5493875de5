package io.holdfast.vault.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Backend.Entry;
import io.holdfast.vault.backend.BackendContractTest;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.BackendOptions;
import io.holdfast.vault.backend.Bandwidth;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.ObjectLock;
import io.holdfast.vault.backend.Problem;
import io.holdfast.vault.backend.s3.S3Calls.Patience;
import io.holdfast.vault.backend.s3.S3Calls.Refused;
import io.minio.HeadObjectArgs;
import io.minio.HeadObjectResponse;
import io.minio.RemoveObjectArgs;
import io.minio.messages.RetentionMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bucket with versions and object lock. */
class CephBackendIT extends BackendContractTest {

    private static final ObjectLock LOCK = new ObjectLock(ObjectLock.Mode.COMPLIANCE, Duration.ofHours(1));
    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static final Problem TEST = new Problem("test", "the gateway");

    @TempDir
    static Path directory;

    private static RadosGateway gateway;

    private String bucket = "";

    @BeforeAll
    static void startGateway() throws Exception {
        gateway = RadosGateway.start(directory);
    }

    @AfterAll
    static void stopGateway() throws Exception {
        if (gateway != null) {
            gateway.stop();
        }
    }

    @Override
    protected Backend open() throws BackendException {
        bucket = "locked-" + BUCKETS.incrementAndGet();
        S3Backend s3 = with(BackendOptions.defaults().withObjectLock(LOCK));
        s3.createBucketIfMissing();
        s3.store(Handle.CONFIG, config());
        return s3;
    }

    /** While several write one name, the gateway may for a moment find no current version of it. */
    @Test
    @Override
    protected void storesOneFileFromManyThreadsAtOnce() throws Exception {
        byte[] content = bytes(300_000);

        atOnce(() -> {
            backend.store(PACK, content);
            return content;
        });

        Awaitility.await()
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(backend.load(PACK)).isEqualTo(content));
        assertThat(backend.list(FileType.PACK)).containsExactly(new Entry(PACK, content.length));
    }

    @Test
    void keepsEveryFileButLocks() throws Exception {
        for (FileType type : FileType.values()) {
            Handle handle = type == FileType.CONFIG ? Handle.CONFIG : handle(type, 1);
            backend.store(handle, config());
            HeadObjectResponse stored = head(handle);
            if (type == FileType.LOCK) {
                assertThat(stored.lockMode()).isNull();
            } else {
                assertThat(stored.lockMode()).isEqualTo(RetentionMode.COMPLIANCE);
                assertThat(stored.lockRetainUntilDate().toInstant())
                        .isBetween(
                                Instant.now().plus(Duration.ofMinutes(55)),
                                Instant.now().plus(Duration.ofMinutes(61)));
            }
        }
    }

    @Test
    void refusesToDeleteTheVersionThatIsKept() throws Exception {
        backend.store(PACK, bytes(10));
        String version = head(PACK).versionId();

        assertThatThrownBy(() -> call(client -> client.removeObject(RemoveObjectArgs.builder()
                        .bucket(location().bucket())
                        .object(location().key(PACK))
                        .versionId(version)
                        .build())))
                .isInstanceOf(Refused.class);
        assertThat(backend.load(PACK)).isEqualTo(bytes(10));
    }

    @Test
    void extendsWhatIsKeptForLessAndShortensNothing() throws Exception {
        backend.store(PACK, bytes(10));
        Instant first = head(PACK).lockRetainUntilDate().toInstant();
        Instant later = first.plus(Duration.ofHours(5));

        assertThat(backend.retain(PACK, first.minusSeconds(60))).isFalse();
        assertThat(backend.retain(PACK, later)).isTrue();
        assertThat(head(PACK).lockRetainUntilDate().toInstant()).isEqualTo(later);
        assertThat(backend.retain(PACK, first)).isFalse();
        assertThat(head(PACK).lockRetainUntilDate().toInstant()).isEqualTo(later);
    }

    @Test
    void keepsAFileThatWasStoredWithoutALock() throws Exception {
        try (S3Backend careless = with(BackendOptions.defaults())) {
            careless.store(PACK, bytes(10));
        }
        assertThat(head(PACK).lockMode()).isNull();

        assertThat(backend.retain(PACK, Instant.now())).isTrue();

        assertThat(head(PACK).lockRetainUntilDate().toInstant())
                .isAfter(Instant.now().plus(Duration.ofMinutes(55)));
    }

    @Test
    void saysThatABucketHasNoObjectLock() throws Exception {
        S3Location plain = gateway.location("plain-" + BUCKETS.incrementAndGet());
        try (S3Backend unlocked = S3Backend.at(plain, RadosGateway.CREDENTIALS)) {
            unlocked.createBucketIfMissing();
        }
        try (S3Backend locking = S3Backend.at(
                plain, RadosGateway.CREDENTIALS, BackendOptions.defaults().withObjectLock(LOCK))) {
            assertThatThrownBy(() -> locking.store(PACK, bytes(10)))
                    .hasMessageContaining("a bucket that was made with object lock")
                    .extracting("kind")
                    .isEqualTo(Kind.MISCONFIGURED);
            locking.store(handle(FileType.LOCK, 1), bytes(10));
        }
    }

    @Test
    void readsWhatWasThereBeforeItWasDeletedAndOverwritten() throws Exception {
        backend.store(PACK, bytes(1_000));
        backend.store(handle(FileType.SNAPSHOT, 1), bytes(20));
        Instant before = nextSecond();
        backend.delete(PACK);
        backend.delete(handle(FileType.SNAPSHOT, 1));
        backend.store(handle(FileType.SNAPSHOT, 1), bytes(30));
        backend.store(handle(FileType.SNAPSHOT, 2), bytes(40));
        assertThat(kindOf(() -> backend.load(PACK))).isEqualTo(Kind.NOT_FOUND);

        Backend past = asOf(before);

        assertThat(past.load(Handle.CONFIG)).isEqualTo(config());
        assertThat(past.list(FileType.PACK)).containsExactly(new Entry(PACK, 1_000));
        assertThat(past.load(PACK)).isEqualTo(bytes(1_000));
        assertThat(past.load(PACK, 10, 2)).containsExactly(bytes(1_000)[10], bytes(1_000)[11]);
        assertThat(kindOf(() -> past.load(PACK, 999, 2))).isEqualTo(Kind.DAMAGED);
        assertThat(past.list(FileType.SNAPSHOT)).containsExactly(new Entry(handle(FileType.SNAPSHOT, 1), 20));
        assertThat(past.load(handle(FileType.SNAPSHOT, 1))).isEqualTo(bytes(20));
        assertThat(kindOf(() -> past.size(handle(FileType.SNAPSHOT, 2)))).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void changesNothingInThePast() throws Exception {
        backend.store(PACK, bytes(10));
        Backend past = asOf(nextSecond());

        assertThat(kindOf(() -> past.store(handle(FileType.PACK, 2), bytes(10))))
                .isEqualTo(Kind.DENIED);
        assertThat(kindOf(() -> past.delete(PACK))).isEqualTo(Kind.DENIED);
        past.store(handle(FileType.LOCK, 1), bytes(10));
        assertThat(past.list(FileType.LOCK)).isEmpty();
        assertThat(backend.list(FileType.LOCK)).isEmpty();
        assertThat(backend.load(PACK)).isEqualTo(bytes(10));
    }

    @Test
    void listsVersionsPastTheFirstPage() throws Exception {
        List<Callable<Handle>> stores = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            Handle index = handle(FileType.INDEX, i);
            stores.add(() -> {
                backend.store(index, new byte[0]);
                return index;
            });
        }
        try (var threads = Executors.newFixedThreadPool(16)) {
            assertThat(threads.invokeAll(stores)).allMatch(Future::isDone);
        }

        assertThat(backend.list(FileType.INDEX)).hasSize(1_100);
        assertThat(asOf(nextSecond()).list(FileType.INDEX)).hasSize(1_100);
    }

    /** An instant after everything stored so far and before everything stored from now on, in the store's seconds. */
    private static Instant nextSecond() {
        Instant now = Instant.now().plusSeconds(1);
        Awaitility.await().until(() -> Instant.now().isAfter(now.plusSeconds(1)));
        return now;
    }

    private HeadObjectResponse head(Handle handle) throws Exception {
        return call(client -> client.headObject(HeadObjectArgs.builder()
                .bucket(location().bucket())
                .object(location().key(handle))
                .build()));
    }

    private <T> T call(S3Calls.Call<T> call) throws Exception {
        try (S3Calls calls =
                new S3Calls(location(), RadosGateway.CREDENTIALS, Bandwidth.unlimited(), Patience.DEFAULT)) {
            return calls.await(TEST, call);
        }
    }

    private S3Backend with(BackendOptions options) {
        return S3Backend.at(location(), RadosGateway.CREDENTIALS, options);
    }

    private Backend asOf(Instant time) {
        return ((S3Backend) backend).asOf(time);
    }

    private S3Location location() {
        return gateway.location(bucket + "/prefix");
    }
}
