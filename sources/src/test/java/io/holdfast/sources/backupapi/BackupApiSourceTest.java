package io.holdfast.sources.backupapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.fixtures.BackupApiServer;
import io.holdfast.fixtures.VectorizerServer;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.RestApi;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.sources.Sources;
import io.holdfast.sources.TestHost;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.emergency.EmergencyCapture;
import io.holdfast.sources.emergency.EmergencyReport;
import io.holdfast.sources.emergency.Wanted;
import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.testing.MemoryBackend;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups into a real vault and back, over real sockets. */
@Execution(ExecutionMode.CONCURRENT)
class BackupApiSourceTest {

    static final String AT = "/shop/vectors";

    private static final Map<String, List<String>> DATA =
            Map.of("docs", List.of("a", "b", "c"), "../odd name/ü", List.of("d"));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T02:00:00Z"), ZoneOffset.UTC);

    private VectorizerServer vectorizer;
    private FakeQdrant qdrant;
    private TestVault vault;

    @BeforeEach
    void start() throws IOException {
        vectorizer = new VectorizerServer(BackupApiServer.TOKEN);
        qdrant = new FakeQdrant();
        vault = new TestVault(AT);
        vectorizer.collections.putAll(DATA);
        qdrant.collections.putAll(DATA);
    }

    @AfterEach
    void stop() throws IOException {
        vectorizer.close();
        qdrant.close();
        vault.close();
    }

    static BackupApiSource source(BackupApiServer server, String api, String... collections) {
        return source(server, RestApi.named(api), Duration.ofSeconds(20), 1 << 20, collections);
    }

    static BackupApiSource source(
            BackupApiServer server, RestApi api, Duration limit, long maxSize, String... collections) {
        return new BackupApiSource(plan(server, api, limit, maxSize, collections), AT, host(BackupApiServer.TOKEN));
    }

    private static Source.BackupApi plan(
            BackupApiServer server, RestApi api, Duration limit, long maxSize, String... collections) {
        return new Source.BackupApi(
                server.url(),
                api,
                List.of(collections),
                new SecretReference.Environment("TOKEN"),
                limit,
                maxSize,
                Quiesce.NONE);
    }

    static Host host(@Nullable String token) {
        return new Host(_ -> token, CLOCK, TestHost.withoutEngine().docker());
    }

    @Test
    void bringsVectorizerBackIntoANewSystem() throws Exception {
        SnapshotFiles snapshot = vault.stored(source(vectorizer, "vectorizer"));
        try (var fresh = new VectorizerServer(BackupApiServer.TOKEN)) {
            Restored restored = TestVault.putBack(source(fresh, "vectorizer"), snapshot);

            assertThat(fresh.collections).isEqualTo(DATA);
            assertThat(restored.written()).isEqualTo(1);
            assertThat(restored.bytes())
                    .isEqualTo(BackupApiServer.MAPPER.writeValueAsBytes(vectorizer.collections).length);
            assertThat(fresh.backups).isEmpty();
        }
        assertThat(vectorizer.backups).as("the system's own copy").isEmpty();
    }

    @Test
    void bringsQdrantBackIntoANewSystem() throws Exception {
        SnapshotFiles snapshot = vault.stored(source(qdrant, "qdrant"));
        try (var fresh = new FakeQdrant()) {
            Restored restored = TestVault.putBack(source(fresh, "qdrant"), snapshot);

            assertThat(fresh.collections).isEqualTo(DATA);
            assertThat(restored.written()).isEqualTo(2);
        }
        assertThat(qdrant.backups).isEmpty();
        assertThat(snapshot.children("/"))
                .containsExactlyInAnyOrder("backup.json", "docs.snapshot", "..%2Fodd%20name%2F%C3%BC.snapshot");
    }

    @Test
    void keepsWhatWasAskedForBesideTheBackup() throws Exception {
        SnapshotFiles snapshot = vault.stored(source(vectorizer, "vectorizer", "docs"));

        assertThat(BackupApiServer.MAPPER
                        .readTree(TestVault.text(snapshot, "/backup.json"))
                        .toString())
                .isEqualTo("""
                        {"url":"%s","at":"2026-11-26T02:00:00Z",\
                        "collections":[{"name":"docs","before":3,"after":3}],\
                        "backups":[{"file":"backup.tar.gz","id":"backup-1"}]}""".formatted(vectorizer.url()));
    }

    @Test
    void putsBackOnlyTheCollectionsThatThePlanNames() throws Exception {
        SnapshotFiles all = vault.stored(source(vectorizer, "vectorizer"));
        SnapshotFiles each = vault.stored(source(qdrant, "qdrant"));
        vectorizer.collections.replaceAll((_, _) -> List.of("wrecked"));
        qdrant.collections.replaceAll((_, _) -> List.of("wrecked"));

        TestVault.putBack(source(vectorizer, "vectorizer", "docs"), all);
        TestVault.putBack(source(qdrant, "qdrant", "docs"), each);

        assertThat(List.of(vectorizer.collections, qdrant.collections))
                .allSatisfy(now -> assertThat(now)
                        .containsEntry("docs", List.of("a", "b", "c"))
                        .containsEntry("../odd name/ü", List.of("wrecked")));
    }

    @Test
    void beginsARestoreAnewAfterACrash() throws Exception {
        SnapshotFiles snapshot = vault.stored(source(vectorizer, "vectorizer"));
        vectorizer.collections.clear();
        source(vectorizer, "vectorizer").wayBack().prepare(snapshot);

        TestVault.putBack(source(vectorizer, "vectorizer"), snapshot);

        assertThat(vectorizer.collections).isEqualTo(DATA);
    }

    @Test
    void keepsTheStateBeforeARestore() throws Exception {
        SnapshotFiles state;
        try (Content content = source(qdrant, "qdrant").salvage()) {
            state = vault.stored(content);
        }
        qdrant.collections.clear();

        TestVault.putBack(source(qdrant, "qdrant"), state);

        assertThat(qdrant.collections).isEqualTo(DATA);
        assertThat(qdrant.backups).as("the system's own copies").isEmpty();
    }

    @Test
    void salvagesNothingFromAnEmptySystem() throws Exception {
        qdrant.collections.clear();

        try (Content content = source(qdrant, "qdrant").salvage()) {
            assertThat(content.roots()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs", "..%2Fodd%20name%2F%C3%BC"})
    void savesOneCollectionInAnEmergencyWhereAnotherCannotBeRead(String unreadable) throws Exception {
        qdrant.fault("GET /collections/%s/snapshots".formatted(unreadable), exchange -> {
            BackupApiServer.answer(exchange, 404, "{}");
            return true;
        });
        Source plan = plan(qdrant, RestApi.named("qdrant"), Duration.ofSeconds(20), 1 << 20);
        try (Password password = Password.of("secret");
                Vault rescue = Vault.init(new MemoryBackend(), password)) {
            var emergency = new EmergencyCapture(rescue, new Sources(host(BackupApiServer.TOKEN)), CLOCK, List.of());

            EmergencyReport report = emergency.run(List.of(new Wanted("shop", "vectors", plan)), _ -> {});

            EmergencyReport.Saved saved = report.components().getFirst();
            assertThat(saved.files())
                    .as("the other collection, and what is said of both")
                    .isEqualTo(2);
            assertThat(saved.notRead()).singleElement().asString().contains(unreadable + ".snapshot: HF-Q62");
        }
        assertThat(qdrant.backups).as("the system's own copies").isEmpty();
    }

    @Test
    void touchesNothingWhenTheSnapshotLacksACollectionOfThePlan() throws Exception {
        SnapshotFiles snapshot = vault.stored(source(qdrant, "qdrant", "docs"));
        WayBack way = source(qdrant, "qdrant", "docs", "more").wayBack();

        assertThatThrownBy(() -> way.prepare(snapshot))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q67"))
                .hasMessageContaining("lacks these of the plan: more");
        assertThat(qdrant.requests).noneMatch(request -> request.contains("upload"));
    }

    @Test
    void noticesThatARestoreBroughtTooLittle() throws Exception {
        SnapshotFiles snapshot = vault.stored(source(vectorizer, "vectorizer"));
        vectorizer.collections.put("docs", List.of("a"));
        vectorizer.fault("POST /api/backups/restore", exchange -> {
            BackupApiServer.answer(exchange, 200, "{\"success\":true}");
            return true;
        });

        assertThatThrownBy(() -> TestVault.putBack(source(vectorizer, "vectorizer"), snapshot))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q69"))
                .hasMessageContaining("'docs' has 1 entries and had 3");
    }

    @Test
    void believesASystemThatSaysItCouldNotRestore() throws Exception {
        SnapshotFiles snapshot = vault.stored(source(vectorizer, "vectorizer"));
        vectorizer.fault("POST /api/backups/restore", exchange -> {
            BackupApiServer.answer(exchange, 200, "{\"success\":false,\"message\":\"disk full\"}");
            return true;
        });

        assertThatThrownBy(() -> TestVault.putBack(source(vectorizer, "vectorizer"), snapshot))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q68"))
                .hasMessageContaining("disk full");
    }
}
