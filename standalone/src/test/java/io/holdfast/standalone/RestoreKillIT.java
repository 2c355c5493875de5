package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.events.BackupEvent.BackupAccepted;
import io.holdfast.events.Event;
import io.holdfast.events.RestoreEvent.RestoreCompleted;
import io.holdfast.events.RestoreEvent.RestoreWaiting;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Killed in the middle of a restore. */
@Order(KillRounds.FIRST)
class RestoreKillIT extends KillRounds {

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
        if (point == KillPoint.RESTORE_AFTER_COMPLETED) {
            Files.writeString(stack.source("documents").resolve("paper-00.bin"), "written after the restore");
            documents = TreeDigest.of(stack.source("documents"));
        }
        String between = null;
        if (point == KillPoint.RESTORE_AMONG_FILES) {
            assertThat(TreeDigest.of(stack.source("documents")))
                    .isNotEqualTo(documents)
                    .isNotEqualTo(wrecked);
            between = backedUpBeforeTheRestoreGoesOn(backup);
        } else {
            startAgain();
        }

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
        if (between != null) {
            assertThat(captured(between))
                    .as("nothing half restored is captured")
                    .isEqualTo(documents);
        }
    }

    /** The restore waits for a lease of its other component, so that the backup has its turn first. */
    private String backedUpBeforeTheRestoreGoesOn(String backup) throws IOException {
        try (FileChannel lease = FileChannel.open(
                        stack.data().resolve("site/leases/papers/configuration.lock"), StandardOpenOption.WRITE);
                FileLock _ = lease.lock()) {
            startAgain();
            String restore = askForRestore(backup).orElseThrow();
            awaitThat(
                    RestoreWaiting.class,
                    Topics.RESTORES,
                    it -> it.restore().value().equals(restore));
            String after = holdfast.console()
                    .post(
                            "/api/backups/create",
                            Map.of("name", "after-the-kill", "collections", List.of("documents")),
                            null)
                    .path("id")
                    .stringValue();
            awaitThat(
                    BackupAccepted.class,
                    Topics.BACKUPS,
                    it -> it.recoveryPoint().value().equals(after));
            return after;
        }
    }

    private <E extends Event> void awaitThat(Class<E> type, Topic topic, Predicate<E> wanted) {
        await(type.getSimpleName())
                .atMost(Console.PATIENCE)
                .until(() ->
                        holdfast.topics().events(topic.name(), type).stream().anyMatch(wanted));
    }

    /** What a backup holds of the documents. */
    private SortedMap<String, String> captured(String backup) throws IOException {
        holdfast.console().awaitBackup(backup, "vault");
        Path target = stack.data().resolveSibling("captured");
        JsonNode restore = holdfast.console()
                .awaitRestore(holdfast.console()
                        .restore(Map.of(
                                "backup_id",
                                backup,
                                "target_directory",
                                target.toString(),
                                "reason",
                                "to look at it")));
        assertThat(restore.path("status").stringValue()).as("%s", restore).isEqualTo("COMPLETED");
        return TreeDigest.of(target.resolve("documents" + stack.source("documents")));
    }
}
