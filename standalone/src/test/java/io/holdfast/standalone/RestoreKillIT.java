package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.RestoreEvent.RestoreCompleted;
import io.holdfast.events.Topics;
import java.nio.file.Files;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Killed in the middle of a restore. */
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
}
