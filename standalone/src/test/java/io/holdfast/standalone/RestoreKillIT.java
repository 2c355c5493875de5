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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Killed in the middle of a restore. */
@Order(KillRounds.FIRST)
class RestoreKillIT extends KillRounds {

    @Test
    void bringsARestoreToItsRightEndKilledAtEachOfItsSteps() throws Exception {
        changeSources();
        String backup = askForBackup().orElseThrow();
        requireBackedUp(backup);
        SortedMap<String, String> documents = TreeDigest.of(stack.source("documents"));
        SortedMap<String, String> configuration = TreeDigest.of(stack.source("configuration"));
        wreckSources();
        SortedMap<String, String> wrecked = TreeDigest.of(stack.source("documents"));

        holdfast.killAt(KillPoint.RESTORE_AFTER_PLANNED);
        askForRestore(backup);
        holdfast.awaitKilled();
        goOnUntil(KillPoint.RESTORE_AFTER_SAFETY_SNAPSHOT);
        goOnUntil(KillPoint.RESTORE_AMONG_FILES);
        assertThat(TreeDigest.of(stack.source("documents")))
                .isNotEqualTo(documents)
                .isNotEqualTo(wrecked);
        String between = goOnUntil(KillPoint.RESTORE_AFTER_COMPONENT, backup);
        goOnUntil(KillPoint.RESTORE_AFTER_COMPLETED);
        Files.writeString(stack.source("documents").resolve("paper-00.bin"), "written after the restore");
        documents = TreeDigest.of(stack.source("documents"));
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
        assertThat(captured(between)).as("nothing half restored is captured").isEqualTo(documents);
    }

    /**
     * The same with a backup that is asked for while documents are half restored: the restore waits for a lease of its other
     * component, so that the backup has its turn first.
     *
     * @return the backup's id
     */
    private String goOnUntil(KillPoint point, String restored) throws IOException {
        String between;
        try (FileChannel lease = FileChannel.open(
                        stack.data().resolve("site/leases/papers/configuration.lock"), StandardOpenOption.WRITE);
                FileLock _ = lease.lock()) {
            startAgain();
            String restore = askForRestore(restored).orElseThrow();
            awaitThat(
                    RestoreWaiting.class,
                    Topics.RESTORES,
                    it -> it.restore().value().equals(restore));
            between = holdfast.console()
                    .post(
                            "/api/backups/create",
                            Map.of("name", "after-the-kill", "collections", List.of("documents")),
                            null)
                    .path("id")
                    .stringValue();
            awaitThat(
                    BackupAccepted.class,
                    Topics.BACKUPS,
                    it -> it.recoveryPoint().value().equals(between));
            holdfast.killAt(point);
        }
        holdfast.awaitKilled();
        return between;
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
