package io.holdfast.sources.backupapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.RestApi;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.vault.model.SnapshotId;
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

/** Backups into a real vault and back, over real sockets. */
class BackupApiSourceTest {

    private static final Map<String, List<String>> DATA =
            Map.of("docs", List.of("a", "b", "c"), "../odd name/ü", List.of("d"));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T02:00:00Z"), ZoneOffset.UTC);

    private FakeVectorizer vectorizer;
    private FakeQdrant qdrant;
    private TestVault vault;

    @BeforeEach
    void start() throws IOException {
        vectorizer = new FakeVectorizer();
        qdrant = new FakeQdrant();
        vault = new TestVault();
        vectorizer.collections.putAll(DATA);
        qdrant.collections.putAll(DATA);
    }

    @AfterEach
    void stop() throws IOException {
        vectorizer.close();
        qdrant.close();
        vault.close();
    }

    static BackupApiSource source(FakeServer server, String api, String... collections) {
        return source(server, RestApi.named(api), Duration.ofSeconds(20), 1 << 20, collections);
    }

    static BackupApiSource source(FakeServer server, RestApi api, Duration limit, long maxSize, String... collections) {
        var plan = new Source.BackupApi(
                server.url(),
                api,
                List.of(collections),
                new SecretReference.Environment("TOKEN"),
                limit,
                maxSize,
                Quiesce.NONE);
        return new BackupApiSource(plan, TestVault.AT, host(FakeServer.TOKEN));
    }

    static Host host(@Nullable String token) {
        return new Host(_ -> token, CLOCK, DockerEngine.fromEnvironment(Map.of()));
    }

    @Test
    void bringsVectorizerBackIntoANewSystem() throws Exception {
        SnapshotId snapshot = vault.backup(source(vectorizer, "vectorizer"));
        try (var fresh = new FakeVectorizer()) {
            Restored restored = TestVault.putBack(source(fresh, "vectorizer").wayBack(), vault.files(snapshot));

            assertThat(fresh.collections).isEqualTo(DATA);
            assertThat(restored.written()).isEqualTo(1);
            assertThat(restored.bytes()).isEqualTo(FakeServer.MAPPER.writeValueAsBytes(vectorizer.collections).length);
            assertThat(fresh.backups).isEmpty();
        }
        assertThat(vectorizer.backups).as("the system's own copy").isEmpty();
    }

    @Test
    void bringsQdrantBackIntoANewSystem() throws Exception {
        SnapshotId snapshot = vault.backup(source(qdrant, "qdrant"));
        try (var fresh = new FakeQdrant()) {
            Restored restored = TestVault.putBack(source(fresh, "qdrant").wayBack(), vault.files(snapshot));

            assertThat(fresh.collections).isEqualTo(DATA);
            assertThat(restored.written()).isEqualTo(2);
        }
        assertThat(qdrant.backups).isEmpty();
        assertThat(vault.files(snapshot).children("/"))
                .containsExactlyInAnyOrder("backup.json", "docs.snapshot", "..%2Fodd%20name%2F%C3%BC.snapshot");
    }

    @Test
    void keepsWhatWasAskedForBesideTheBackup() throws Exception {
        SnapshotId snapshot = vault.backup(source(vectorizer, "vectorizer", "docs"));

        assertThat(FakeServer.MAPPER
                        .readTree(vault.text(snapshot, "/backup.json"))
                        .toString())
                .isEqualTo("""
                        {"url":"%s","at":"2026-11-26T02:00:00Z",\
                        "collections":[{"name":"docs","before":3,"after":3}],\
                        "backups":[{"file":"backup.tar.gz","id":"backup-1"}]}""".formatted(vectorizer.url()));
    }

    @Test
    void putsBackOnlyTheCollectionsThatThePlanNames() throws Exception {
        SnapshotId all = vault.backup(source(vectorizer, "vectorizer"));
        SnapshotId each = vault.backup(source(qdrant, "qdrant"));
        vectorizer.collections.replaceAll((_, _) -> List.of("wrecked"));
        qdrant.collections.replaceAll((_, _) -> List.of("wrecked"));

        TestVault.putBack(source(vectorizer, "vectorizer", "docs").wayBack(), vault.files(all));
        TestVault.putBack(source(qdrant, "qdrant", "docs").wayBack(), vault.files(each));

        assertThat(List.of(vectorizer.collections, qdrant.collections))
                .allSatisfy(now -> assertThat(now)
                        .containsEntry("docs", List.of("a", "b", "c"))
                        .containsEntry("../odd name/ü", List.of("wrecked")));
    }

    @Test
    void beginsARestoreAnewAfterACrash() throws Exception {
        SnapshotId snapshot = vault.backup(source(vectorizer, "vectorizer"));
        vectorizer.collections.clear();
        source(vectorizer, "vectorizer").wayBack().prepare(vault.files(snapshot));

        TestVault.putBack(source(vectorizer, "vectorizer").wayBack(), vault.files(snapshot));

        assertThat(vectorizer.collections).isEqualTo(DATA);
    }

    @Test
    void keepsTheStateBeforeARestore() throws Exception {
        SnapshotId state = vault.backup(source(qdrant, "qdrant").salvage());
        qdrant.collections.clear();

        TestVault.putBack(source(qdrant, "qdrant").wayBack(), vault.files(state));

        assertThat(qdrant.collections).isEqualTo(DATA);
        assertThat(qdrant.backups).as("the system's own copies").isEmpty();
    }

    @Test
    void salvagesNothingFromAnEmptySystem() throws Exception {
        qdrant.collections.clear();

        Content content = source(qdrant, "qdrant").salvage();

        assertThat(content.roots()).isEmpty();
    }

    @Test
    void touchesNothingWhenTheSnapshotLacksACollectionOfThePlan() throws Exception {
        SnapshotId snapshot = vault.backup(source(qdrant, "qdrant", "docs"));
        WayBack way = source(qdrant, "qdrant", "docs", "more").wayBack();

        assertThatThrownBy(() -> way.prepare(vault.files(snapshot)))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q67"))
                .hasMessageContaining("lacks these of the plan: more");
        assertThat(qdrant.requests).noneMatch(request -> request.contains("upload"));
    }

    @Test
    void noticesThatARestoreBroughtTooLittle() throws Exception {
        SnapshotId snapshot = vault.backup(source(vectorizer, "vectorizer"));
        vectorizer.collections.put("docs", List.of("a"));
        vectorizer.fault("POST /api/backups/restore", exchange -> {
            FakeServer.answer(exchange, 200, "{\"success\":true}");
            return true;
        });

        assertThatThrownBy(
                        () -> TestVault.putBack(source(vectorizer, "vectorizer").wayBack(), vault.files(snapshot)))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q69"))
                .hasMessageContaining("'docs' has 1 entries and had 3");
    }

    @Test
    void believesASystemThatSaysItCouldNotRestore() throws Exception {
        SnapshotId snapshot = vault.backup(source(vectorizer, "vectorizer"));
        vectorizer.fault("POST /api/backups/restore", exchange -> {
            FakeServer.answer(exchange, 200, "{\"success\":false,\"message\":\"disk full\"}");
            return true;
        });

        assertThatThrownBy(
                        () -> TestVault.putBack(source(vectorizer, "vectorizer").wayBack(), vault.files(snapshot)))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q68"))
                .hasMessageContaining("disk full");
    }
}
