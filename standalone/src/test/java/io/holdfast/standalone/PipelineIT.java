package io.holdfast.standalone;

import static io.holdfast.standalone.TestTopics.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.events.RestoreEvent.RestoreRefused;
import io.holdfast.events.SnapshotKind;
import io.holdfast.site.SnapshotTags;
import io.holdfast.vault.Vault;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One running platform, seen from outside: files, the REST API, the topics, and stock restic. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelineIT {

    private static final String REQUESTS = "holdfast.requests.local";

    @SuppressWarnings("NullAway.Init") // JUnit sets it up
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestStack stack;

    @SuppressWarnings("NullAway.Init")
    private RunningHoldfast holdfast;

    @SuppressWarnings("NullAway.Init")
    private Console console;

    @SuppressWarnings("NullAway.Init")
    private String first;

    private final Random random = new Random(7);

    @BeforeAll
    void startOnDirectoriesOfOnesOwn(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        this.directory = directory;
        stack = TestStack.in(directory, "documents", "configuration");
        writeHardFiles();
        Files.writeString(stack.source("configuration").resolve("settings.yaml"), "language: en\n");
        holdfast = RunningHoldfast.up(stack.data(), stack.plan());
        console = holdfast.console();
        first = console.awaitFirstBackup();
        console.awaitBackup(first, "vault", "east", "west");
    }

    @AfterAll
    void stop() throws IOException {
        holdfast.close();
    }

    /** Names with bytes that are no UTF-8, hard links, links, an empty directory, a file of several chunks. */
    private void writeHardFiles() throws Exception {
        Path documents = stack.source("documents");
        Programs.run(documents, Map.of(), List.of("sh", "-c", """
                printf 'space' > 'with space'; printf 'quotes' > "quotes'\\""; printf 'dash' > ./-dash
                printf 'line' > "$(printf 'new\\nline')"; printf 'umlaut' > "$(printf '\\303\\274ber')"
                printf 'bytes' > "$(printf 'no\\377utf')"; printf '' > empty
                mkdir -p empty-directory deep/er/est; printf 'deep' > deep/er/est/file
                printf 'linked' > one; ln one two; ln -s one link; ln -s /nowhere/at/all dangling
                chmod 640 one; chmod 751 deep"""));
        byte[] large = new byte[5_000_000];
        random.nextBytes(large);
        Files.write(documents.resolve("large.bin"), large);
    }

    @Test
    void tellsHowEverythingStands() {
        JsonNode status = console.awaitThat(
                "/api/status",
                it -> it.path("components").size() == 2
                        && it.path("components")
                                .valueStream()
                                .allMatch(c -> c.path("regions").size() == 2));

        assertThat(status.path("components")
                        .valueStream()
                        .map(c -> c.path("health").stringValue()))
                .containsOnly("PROTECTED");
        assertThat(console.get("/api/backups/" + first)
                        .path("components")
                        .valueStream()
                        .map(c -> c.path("component").stringValue()))
                .containsExactlyInAnyOrder("documents", "configuration");
    }

    @Test
    void stockResticFindsEveryByteInEveryPlace() throws Exception {
        assumeTrue(Programs.isInstalled("restic"), "restic is not installed (Debian: apt install restic)");
        String backup = changeAndBackUp("for-restic");
        SortedMap<String, String> wanted = TreeDigest.of(stack.source("documents"));
        String snapshot = snapshotOf(backup, "documents");

        assertReadByRestic(stack.vaultLocation(), Map.of(), snapshot, wanted);
        for (DemoPlaces.DemoRegion region : stack.regions()) {
            assertReadByRestic(stack.locationIn(region), keys(region), snapshot, wanted);
        }
    }

    private void assertReadByRestic(
            String place, Map<String, String> keys, String snapshot, SortedMap<String, String> wanted)
            throws Exception {
        Programs.resticCheck(stack, place, keys);
        Path target = Files.createTempDirectory(directory, "restic-");
        Programs.restic(stack, place, keys, "restore", snapshot, "--target", target.toString());
        assertThat(TreeDigest.of(below(target.resolve(TestStack.NAME), "documents")))
                .as(place)
                .isEqualTo(wanted);
    }

    @Test
    void makesOneBackupOfARepeatedRequest() {
        Map<String, String> body = Map.of("name", "asked-twice");
        String once =
                console.post("/api/backups/create", body, "key-1").path("id").stringValue();
        String twice =
                console.post("/api/backups/create", body, "key-1").path("id").stringValue();

        assertThat(twice).isEqualTo(once);
        console.awaitBackup(once, "vault", "east", "west");
        assertThat(console.get("/api/backups?limit=1000")
                        .path("backups")
                        .valueStream()
                        .filter(backup -> backup.path("name").stringValue("").equals("asked-twice")))
                .hasSize(1);
    }

    @Test
    void handsABackupOutAsAnArchive() throws Exception {
        String backup = changeAndBackUp("for-download");
        Path archive = directory.resolve("download.tar.gz");

        console.download(backup, archive);

        Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
        Programs.run(unpacked, Map.of(), List.of("tar", "xzpf", archive.toString()));
        for (String component : List.of("documents", "configuration")) {
            assertThat(TreeDigest.withoutTimes(below(unpacked, component)))
                    .isEqualTo(TreeDigest.withoutTimes(stack.source(component)));
        }
    }

    @Test
    void putsTheLatestStateBackInItsPlace() throws Exception {
        changeAndBackUp("before-wreck");
        SortedMap<String, String> documents = TreeDigest.of(stack.source("documents"));
        wreck();

        JsonNode restore = restored(Map.of("backup_id", "latest", "reason", "wrecked"));

        assertThat(TreeDigest.of(stack.source("documents"))).isEqualTo(documents);
        assertThat(restore.path("components")
                        .valueStream()
                        .map(c -> c.path("safety_snapshot").stringValue("")))
                .as("the wrecked state is kept too")
                .doesNotContain("");
    }

    @Test
    void putsAnOlderStateElsewhereByNameByTimeAndFromARegion() throws Exception {
        String older = changeAndBackUp("older");
        SortedMap<String, String> wanted = TreeDigest.of(stack.source("documents"));
        Instant then = console.get("/api/backups/" + older)
                .path("components")
                .valueStream()
                .map(c -> Instant.parse(c.path("taken_at").stringValue()))
                .max(Instant::compareTo)
                .orElseThrow();
        changeAndBackUp("newer");
        SortedMap<String, String> present = TreeDigest.of(stack.source("documents"));
        assertThat(present).isNotEqualTo(wanted);

        assertThat(restoredElsewhere("by-name", Map.of("backup_id", "older"))).isEqualTo(wanted);
        assertThat(restoredElsewhere("by-time", Map.of("at", then.toString()))).isEqualTo(wanted);
        assertThat(restoredElsewhere("by-region", Map.of("backup_id", older, "from_region", "west")))
                .isEqualTo(wanted);
        assertThat(TreeDigest.of(stack.source("documents")))
                .as("the component's own place is left alone")
                .isEqualTo(present);
    }

    private SortedMap<String, String> restoredElsewhere(String name, Map<String, String> which) throws IOException {
        Path target = directory.resolve("restored-" + name);
        var body = new java.util.HashMap<String, Object>(which);
        body.put("target_directory", target.toString());
        body.put("collections", List.of("documents"));
        body.put("reason", name);
        restored(body);
        return TreeDigest.of(below(target, "documents"));
    }

    @Test
    void refusesARestoreThatComesTooLate() throws Exception {
        Instant now = Instant.now();
        String message = """
                {"specversion":"1.0","type":"restore-requested.v1","id":"by-hand-1","source":"/operators/by-hand",
                 "time":"%s","data":{"restore":"by-hand-1","stack":"papers","components":["documents"],
                 "which":"latest","requestedBy":"operator","reason":"too late","expires":"%s"}}""".formatted(now, now.minus(Duration.ofMinutes(1)));
        SortedMap<String, String> before = TreeDigest.of(stack.source("documents"));

        holdfast.topics().publish(REQUESTS, TestStack.NAME, message.getBytes(UTF_8), Map.of());

        RestoreRefused refused = Awaitility.await()
                .atMost(Console.PATIENCE)
                .until(
                        () -> holdfast.topics().events("holdfast.restores", RestoreRefused.class).stream()
                                .filter(event -> event.restore().value().equals("by-hand-1"))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
        assertThat(refused.code()).isEqualTo("HF-R01");
        assertThat(TreeDigest.of(stack.source("documents"))).isEqualTo(before);
    }

    private String changeAndBackUp(String name) throws IOException {
        byte[] content = new byte[10_000];
        random.nextBytes(content);
        Files.write(stack.source("documents").resolve("changed.bin"), content);
        String backup = console.backUp(name);
        console.awaitBackup(backup, "vault", "east", "west");
        return backup;
    }

    private void wreck() throws IOException {
        Path documents = stack.source("documents");
        Files.delete(documents.resolve("one"));
        Files.delete(documents.resolve("large.bin"));
        Files.writeString(documents.resolve("with space"), "changed");
        Files.writeString(documents.resolve("added"), "should go");
        Files.delete(documents.resolve("empty-directory"));
        Files.writeString(documents.resolve("empty-directory"), "a file where a directory was");
    }

    private JsonNode restored(Map<String, ?> body) {
        JsonNode restore = console.awaitRestore(console.restore(body));
        assertThat(restore.path("status").stringValue()).as("%s", restore).isEqualTo("COMPLETED");
        return restore;
    }

    private String snapshotOf(String backup, String component) throws IOException {
        try (Vault vault = stack.openVault()) {
            for (Map.Entry<Snapshot, SnapshotTags> entry :
                    TestStack.tagged(vault).entrySet()) {
                SnapshotTags tags = entry.getValue();
                if (tags.kind() == SnapshotKind.REGULAR
                        && tags.recoveryPoint().value().equals(backup)
                        && tags.component().component().equals(component)) {
                    return entry.getKey().id().toString();
                }
            }
        }
        throw new AssertionError("no snapshot of " + component + " in " + backup);
    }

    /** Where a component's own directory lies below a target: under its name, with its own absolute path. */
    private Path below(Path target, String component) {
        return target.resolve(component)
                .resolve(stack.source(component).toString().substring(1));
    }

    private static Map<String, String> keys(DemoPlaces.DemoRegion region) throws IOException {
        return Map.of(
                "AWS_ACCESS_KEY_ID", Files.readString(region.accessKey()).strip(),
                "AWS_SECRET_ACCESS_KEY", Files.readString(region.secretKey()).strip());
    }
}
