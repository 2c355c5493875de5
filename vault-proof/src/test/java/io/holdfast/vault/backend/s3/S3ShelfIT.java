package io.holdfast.vault.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.archive.ArchiveFate;
import io.holdfast.vault.archive.ArchiveName;
import io.holdfast.vault.archive.DropSpec;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendOptions;
import io.holdfast.vault.backend.Backends;
import io.holdfast.vault.backend.Shelf;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ShelfIT {

    private static final Password PASSWORD = Password.of("secret");

    @TempDir
    Path directory;

    private S3ProxyServer server;
    private Shelf shelf;

    @BeforeEach
    void startServer() throws Exception {
        server = S3ProxyServer.start(directory);
        S3Location place = server.location("bucket/deep/archives");
        shelf = Backends.shelf(
                place.toString(),
                Map.of(
                        "AWS_ACCESS_KEY_ID", S3ProxyServer.CREDENTIALS.accessKey(),
                        "AWS_SECRET_ACCESS_KEY", S3ProxyServer.CREDENTIALS.secretKey())::get,
                BackendOptions.defaults());
    }

    @AfterEach
    void stopServer() throws Exception {
        server.stop();
    }

    @Test
    void isMisconfiguredWhereThereIsNoBucket() {
        assertThatThrownBy(shelf::names)
                .isInstanceOfSatisfying(
                        BackendException.class,
                        e -> assertThat(e.kind()).isEqualTo(BackendException.Kind.MISCONFIGURED));
    }

    @Test
    void holdsArchivesSideBySideAndLetsExpiredOnesGoWhole() throws IOException {
        try (S3Backend bucket = S3Backend.at(server.location("bucket/deep"), S3ProxyServer.CREDENTIALS)) {
            bucket.createBucketIfMissing();
        }
        assertThat(shelf.names()).isEmpty();
        try (Vault vault = Vault.init(new MemoryBackend(), PASSWORD)) {
            for (int year = 2017; year < 2020; year++) {
                vault.backup(
                        BackupSpec.of(new Root.Generated(
                                        "/year", "%d".formatted(year).getBytes(StandardCharsets.UTF_8)))
                                .withTime(Instant.parse("%d-06-15T12:00:00Z".formatted(year))),
                        Progress.NONE);
                assertThat(vault.archives(shelf)
                                .fill(name(year), ReplicationSpec.ALL, ReplicationListener.NONE)
                                .replicated())
                        .hasSize(1);
            }
            assertThat(shelf.names()).containsExactlyInAnyOrder("2017", "2018", "2019");

            List<ArchiveFate> fates =
                    vault.archives(shelf).dropExpired(new DropSpec(Period.ofDays(2555), 1, Duration.ZERO, null, false));

            assertThat(fates)
                    .hasOnlyElementsOfTypes(
                            ArchiveFate.Dropped.class, ArchiveFate.KeptAsNewest.class, ArchiveFate.Kept.class);
            assertThat(fates.getFirst()).isInstanceOf(ArchiveFate.Dropped.class);
            assertThat(shelf.names()).doesNotContain("2017").contains("2019");
            try (Backend place = vault.archives(shelf).place(name(2019));
                    Vault archive = Vault.open(place, PASSWORD)) {
                assertThat(archive.snapshots()).hasSize(1);
            }
        }
    }

    private static ArchiveName name(int year) {
        return ArchiveName.parse("%d".formatted(year)).orElseThrow();
    }
}
