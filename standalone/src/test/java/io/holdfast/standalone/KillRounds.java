package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.events.SnapshotKind;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A process that is killed, at named points and at random moments, and started again. The rounds of a class share one data
 * directory, so each also shows that the kills before it left nothing behind.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KillRounds {

    /** One of these would otherwise run alone at the end: nothing else takes as long. */
    static final int FIRST = Order.DEFAULT - 1;

    private static final int FILES = 40;
    static final List<String> COMPONENTS = List.of("configuration", "documents");

    @SuppressWarnings("NullAway.Init") // JUnit sets it up
    TestStack stack;

    @SuppressWarnings("NullAway.Init")
    RunningHoldfast holdfast;

    private final Random random = new Random(20_261_121);
    final List<Vault> places = new ArrayList<>();
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

    /** The kill may come before the answer. Asked again under the same key it is the same backup. */
    Optional<String> askForBackup() throws IOException {
        return ask("/api/backups/create", Map.of("name", "round-" + round));
    }

    Optional<String> askForRestore(String backup) throws IOException {
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
    void changeSources() throws IOException {
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

    void wreckSources() throws IOException {
        for (int i = 0; i < FILES; i++) {
            Files.delete(stack.source("documents").resolve("paper-%02d.bin".formatted(i)));
        }
        Files.writeString(stack.source("documents").resolve("intruder.txt"), "should go");
        Files.writeString(stack.source("configuration").resolve("settings.yaml"), "wrecked");
    }

    void startAgain() throws IOException {
        launchAgain();
        holdfast.awaitReady();
    }

    void launchAgain() throws IOException {
        holdfast.close();
        holdfast = RunningHoldfast.launchKillable(stack.data(), stack.plan());
    }

    /** Started again, and killed where it comes to that point on its way. */
    void goOnUntil(KillPoint point) throws IOException {
        holdfast.killAt(point);
        launchAgain();
        holdfast.awaitKilled();
    }

    void requireBackedUp(String backup) throws IOException {
        requested.add(backup);
        holdfast.console().awaitBackup(backup, "vault", "east", "west");
        awaitManifest(backup);
    }

    void assertEndedWell(String backup) throws IOException {
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
