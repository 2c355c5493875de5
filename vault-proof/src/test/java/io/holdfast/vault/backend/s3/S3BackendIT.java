package io.holdfast.vault.backend.s3;

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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3BackendIT extends BackendContractTest {

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    static Path directory;

    private static S3ProxyServer server;

    private String bucket = "";

    @BeforeAll
    static void startServer() throws Exception {
        server = S3ProxyServer.start(directory);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.stop();
    }

    @Override
    protected Backend open() throws BackendException {
        bucket = "bucket-" + BUCKETS.incrementAndGet();
        S3Backend s3 = at(bucket + "/deep/prefix");
        s3.createBucketIfMissing();
        s3.createBucketIfMissing();
        s3.store(Handle.CONFIG, config());
        return s3;
    }

    @Test
    void laysOutItsKeysAsResticDoes() throws IOException {
        backend.store(PACK, bytes(10));

        assertThat(directory.resolve(bucket).resolve("deep/prefix").resolve(PACK.path()))
                .hasBinaryContent(bytes(10));
        assertThat(directory.resolve(bucket).resolve("deep/prefix/config")).exists();
    }

    @Test
    void usesTheBucketsRootWithoutAPrefix() throws IOException {
        try (Backend root = at(bucket)) {
            root.store(PACK, bytes(10));

            assertThat(root.list(FileType.PACK)).containsExactly(new Backend.Entry(PACK, 10));
            assertThat(directory.resolve(bucket).resolve(PACK.path())).exists();
        }
    }

    @Test
    void passesOverNamesThatAreNotItsOwn() throws IOException {
        backend.store(PACK, bytes(10));
        Path data = directory.resolve(bucket).resolve("deep/prefix/data");
        Files.write(data.resolve("notes.txt"), bytes(3));
        Files.write(data.resolve(PACK.name()), bytes(3));
        Files.createDirectories(data.resolve("00"));
        Files.write(data.resolve("00").resolve(handle(FileType.PACK, 2).name()), bytes(3));

        assertThat(backend.list(FileType.PACK)).containsExactly(new Backend.Entry(PACK, 10));
    }

    @Test
    void listsPastTheFirstPage() throws IOException {
        Set<Handle> handles = new HashSet<>();
        for (int i = 0; i < 2_345; i++) {
            Handle handle = handle(FileType.PACK, i);
            Path file = directory.resolve(bucket).resolve("deep/prefix").resolve(handle.path());
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, new byte[1]);
            handles.add(handle);
        }

        List<Backend.Entry> listed = backend.list(FileType.PACK);

        assertThat(listed).hasSize(handles.size());
        assertThat(listed.stream().map(Backend.Entry::handle).collect(Collectors.toSet()))
                .isEqualTo(handles);
    }

    @Test
    void saysThatTheKeysAreWrong() throws BackendException {
        S3Location location = server.location(bucket + "/deep/prefix");
        for (S3Credentials wrong : List.of(
                new S3Credentials(S3ProxyServer.CREDENTIALS.accessKey(), "wrong-secret"),
                new S3Credentials("wrong-key", S3ProxyServer.CREDENTIALS.secretKey()))) {
            try (Backend denied = S3Backend.at(location, wrong)) {
                assertThat(kindOf(() -> denied.load(Handle.CONFIG))).isEqualTo(Kind.DENIED);
                assertThat(kindOf(() -> denied.size(Handle.CONFIG))).isEqualTo(Kind.DENIED);
                assertThat(kindOf(() -> denied.list(FileType.PACK))).isEqualTo(Kind.DENIED);
                assertThat(kindOf(() -> denied.store(PACK, bytes(10)))).isEqualTo(Kind.DENIED);
                assertThat(kindOf(() -> denied.delete(PACK))).isEqualTo(Kind.DENIED);
                assertThatThrownBy(() -> denied.load(Handle.CONFIG))
                        .hasMessageStartingWith("HF-V102 Cannot load config in " + location)
                        .hasMessageNotContainingAny("wrong-secret", "test-secret-key");
            }
        }
    }

    @Test
    void saysThatTheBucketIsMissing() throws BackendException {
        try (Backend missing = at("no-such-bucket/prefix")) {
            assertThat(kindOf(() -> missing.load(Handle.CONFIG))).isEqualTo(Kind.MISCONFIGURED);
            assertThat(kindOf(() -> missing.size(Handle.CONFIG))).isEqualTo(Kind.MISCONFIGURED);
            assertThat(kindOf(() -> missing.list(FileType.PACK))).isEqualTo(Kind.MISCONFIGURED);
            assertThat(kindOf(() -> missing.store(PACK, bytes(10)))).isEqualTo(Kind.MISCONFIGURED);
            assertThat(kindOf(() -> missing.store(Handle.CONFIG, bytes(10)))).isEqualTo(Kind.MISCONFIGURED);
        }
    }

    @Test
    void saysThatTheServerIsGone(@TempDir Path elsewhere) throws Exception {
        S3ProxyServer mortal = S3ProxyServer.start(elsewhere);
        try (S3Backend s3 = S3Backend.at(mortal.location("bucket"), S3ProxyServer.CREDENTIALS)) {
            s3.createBucketIfMissing();
            s3.store(PACK, bytes(10));
            mortal.stop();

            assertThat(kindOf(() -> s3.load(PACK))).isEqualTo(Kind.UNREACHABLE);
            assertThat(kindOf(() -> s3.size(PACK))).isEqualTo(Kind.UNREACHABLE);
            assertThat(kindOf(() -> s3.list(FileType.PACK))).isEqualTo(Kind.UNREACHABLE);
            assertThat(kindOf(() -> s3.store(PACK, bytes(10)))).isEqualTo(Kind.UNREACHABLE);
            assertThat(kindOf(s3::createBucketIfMissing)).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void letsOneOfManyFoundersWin() throws Exception {
        AtomicInteger founders = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        try (Backend contested = at(bucket + "/contested")) {
            atOnce(() -> {
                try {
                    contested.store(Handle.CONFIG, bytes(100 + founders.getAndIncrement()));
                } catch (BackendException e) {
                    assertThat(e.kind()).isEqualTo(Kind.MISCONFIGURED);
                    refused.incrementAndGet();
                }
                return contested.load(Handle.CONFIG);
            });
        }

        assertThat(refused).hasValue(founders.get() - 1);
    }

    @Test
    void neverShowsAFileThatWasChangedOnItsWay() throws Exception {
        refusesAChangedFile(server, directory.resolve(bucket), "XAmzContentSHA256Mismatch");
    }

    @Test
    void hasTheStoreCheckTheContentAlsoWhereNoSignatureCoversIt(@TempDir Path elsewhere) throws Exception {
        S3ProxyServer trusting = S3ProxyServer.startWithoutAuthentication(elsewhere);
        try (S3Backend s3 = S3Backend.at(trusting.location(bucket), S3ProxyServer.CREDENTIALS)) {
            s3.createBucketIfMissing();
            refusesAChangedFile(trusting, elsewhere, "BadDigest");
        } finally {
            trusting.stop();
        }
    }

    private void refusesAChangedFile(S3ProxyServer target, Path stored, String reason) throws Exception {
        try (var wire = new CorruptingWire(target.port());
                Backend through = S3Backend.at(
                        S3Location.parse("s3:http://127.0.0.1:%d/%s".formatted(wire.port(), bucket), null),
                        S3ProxyServer.CREDENTIALS)) {
            assertThatThrownBy(() -> through.store(PACK, CorruptingWire.victim()))
                    .hasMessageContaining(reason)
                    .extracting("kind")
                    .isEqualTo(Kind.DAMAGED);
            assertThat(wire.corrupted()).isPositive();
        }
        try (Stream<Path> files = Files.walk(stored)) {
            assertThat(files.filter(file -> file.endsWith(PACK.name()))).isEmpty();
        }
    }

    private static S3Backend at(String bucketAndPrefix) {
        return S3Backend.at(server.location(bucketAndPrefix), S3ProxyServer.CREDENTIALS);
    }
}
