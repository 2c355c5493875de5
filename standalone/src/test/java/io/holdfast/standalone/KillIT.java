package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.events.RestoreEvent.RestoreCompleted;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.Topics;
import io.holdfast.site.SnapshotTags;
import io.holdfast.vault.Vault;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The process is killed at named points and at random moments, and started again. The rounds share one data directory,
 * so each also shows that the kills before it left nothing behind.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {

    private static final int FILES = 40;
    private static final List<String> COMPONENTS = List.of("configuration", "documents");

    @SuppressWarnings("NullAway.Init") // JUnit sets it up
    private TestStack stack;

    @SuppressWarnings("NullAway.Init")
    private RunningHoldfast holdfast;

    private final Random random = new Random(20_261_121);
    private final List<Vault> places = new ArrayList<>();
    private final List<String> requested = new ArrayList<>();
    private int round;

    @BeforeAll
    void backUpForTheFirstTime(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        stack = TestStack.in(directory, COMPONENTS.toArray(String[]::new));
        changeSources();
        holdfast = RunningHoldfast.killable(stack.data(), stack.plan());
        String first = holdfast.console().awaitFirstBackup();
        requested.add(first);
        holdfast.console().awaitBackup(first, "vault", "east", "west");
        places.add(stack.openVault());
        for (DemoPlaces.DemoRegion region : stack.regions()) {
            places.add(stack.open(region));
        }
        awaitManifest(first);
    }

    /** A round that failed spoils no other. */
    @BeforeEach
    void requireRunning() throws IOException {
        if (Files.deleteIfExists(stack.data().resolve(KillPoints.ARMED)) || !holdfast.isAlive()) {
            startAgain();
        }
    }

    @AfterAll
    void stop() throws IOException {
        for (Vault place : places) {
            place.close();
        }
        holdfast.close();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_ANY,
            names = {"BACKUP_.*", "UPLOAD_.*"})
    void bringsABackupToItsRightEnd(KillPoint point) throws Exception {
        changeSources();
        holdfast.killAt(point);
        askForBackup();
        holdfast.awaitKilled();

        startAgain();

        assertEndedWell(askForBackup().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void survivesAKillAtAnyMoment(long seed) throws Exception {
        changeSources();
        askForBackup();
        holdfast.killAfter(Duration.ofMillis(1 + new Random(seed).nextInt(1_500)));

        startAgain();

        assertEndedWell(askForBackup().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "RESTORE_.*")
    void bringsARestoreToItsRightEnd(KillPoint point) throws Exception {
        changeSources();
        String backup = askForBackup().orElseThrow();
        requireBackedUp(backup);
        SortedMap<String, String> documents = TreeDigest.of(stack.source("documents"));
        SortedMap<String, String> configuration = TreeDigest.of(stack.source("configuration"));
        wreckSources();
        SortedMap<String, String> wrecked = TreeDigest.of(stack.source("documents"));

        holdfast.killAt(point);
        askForRestore(backup);
        holdfast.awaitKilled();
        if (point == KillPoint.RESTORE_AMONG_FILES) {
            assertThat(TreeDigest.of(stack.source("documents")))
                    .isNotEqualTo(documents)
                    .isNotEqualTo(wrecked);
        }
        if (point == KillPoint.RESTORE_AFTER_COMPLETED) {
            Files.writeString(stack.source("documents").resolve("paper-00.bin"), "written after the restore");
            documents = TreeDigest.of(stack.source("documents"));
        }
        startAgain();

        String restore = askForRestore(backup).orElseThrow();
        JsonNode ended = holdfast.console().awaitRestore(restore);
        assertThat(ended.path("status").stringValue()).as("%s", ended).isEqualTo("COMPLETED");
        assertThat(TreeDigest.of(stack.source("documents"))).isEqualTo(documents);
        assertThat(TreeDigest.of(stack.source("configuration"))).isEqualTo(configuration);
        assertThat(holdfast.topics().events(Topics.RESTORES.name(), RestoreCompleted.class).stream()
                        .filter(completed -> completed.restore().value().equals(restore))
                        .distinct())
                .hasSize(1);
        assertThat(TestStack.tagged(places.getFirst()).values().stream()
                        .filter(tags -> tags.recoveryPoint().value().equals("safety-" + restore))
                        .map(tags -> tags.component().component()))
                .as("the state before the restore is kept once")
                .containsExactlyInAnyOrderElementsOf(COMPONENTS);
    }

    /** The kill may come before the answer. Asked again under the same key it is the same backup. */
    private Optional<String> askForBackup() throws IOException {
        return ask("/api/backups/create", Map.of("name", "round-" + round));
    }

    private Optional<String> askForRestore(String backup) throws IOException {
        return ask("/api/backups/restore", Map.of("backup_id", backup, "reason", "kill test"));
    }

    private Optional<String> ask(String path, Map<String, ?> body) throws IOException {
        try {
            JsonNode answer = holdfast.console().post(path, body, "round-" + round);
            return Optional.of(answer.path("id").stringValue());
        } catch (UncheckedIOException _) {
            return Optional.empty();
        }
    }

    /** New and changed files, so that every round has packs to write. */
    private void changeSources() throws IOException {
        round++;
        for (int i = 0; i < FILES; i++) {
            if (round == 1 || i % 4 == round % 4) {
                byte[] content = new byte[30_000];
                random.nextBytes(content);
                Files.write(stack.source("documents").resolve("paper-%02d.bin".formatted(i)), content);
            }
        }
        Files.writeString(stack.source("configuration").resolve("settings.yaml"), "round: %d%n".formatted(round));
    }

    private void wreckSources() throws IOException {
        for (int i = 0; i < FILES; i++) {
            Files.delete(stack.source("documents").resolve("paper-%02d.bin".formatted(i)));
        }
        Files.writeString(stack.source("documents").resolve("intruder.txt"), "should go");
        Files.writeString(stack.source("configuration").resolve("settings.yaml"), "wrecked");
    }

    private void startAgain() throws IOException {
        holdfast.close();
        holdfast = RunningHoldfast.killable(stack.data(), stack.plan());
    }

    private void requireBackedUp(String backup) throws IOException {
        requested.add(backup);
        holdfast.console().awaitBackup(backup, "vault", "east", "west");
        awaitManifest(backup);
    }

    private void assertEndedWell(String backup) throws IOException {
        requireBackedUp(backup);
        for (Vault place : places) {
            Map<Snapshot, SnapshotTags> tagged = TestStack.tagged(place);
            List<SnapshotTags> regular = tagged.values().stream()
                    .filter(tags -> tags.kind() == SnapshotKind.REGULAR)
                    .toList();
            assertThat(regular.stream().map(SnapshotTags::backup))
                    .as("each backup is there once in %s", place.location())
                    .doesNotHaveDuplicates()
                    .hasSize(requested.size() * COMPONENTS.size());
            assertThat(tagged.values().stream()
                            .filter(tags -> tags.kind() == SnapshotKind.MANIFEST)
                            .map(tags -> tags.recoveryPoint().value()))
                    .as("manifests in %s", place.location())
                    .containsExactlyInAnyOrderElementsOf(requested);
            var report = place.check(CheckSpec.EVERYTHING.withNoLock(true));
            assertThat(report.problems()).as(place.location()).isEmpty();
        }
    }

    private void awaitManifest(String backup) {
        await("manifest of " + backup)
                .atMost(Console.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    for (Vault place : places) {
                        if (TestStack.tagged(place).values().stream()
                                .noneMatch(tags -> tags.kind() == SnapshotKind.MANIFEST
                                        && tags.recoveryPoint().value().equals(backup))) {
                            return false;
                        }
                    }
                    return true;
                });
    }
}
