package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.SnapshotKind;
import io.holdfast.site.SnapshotTags;
import io.holdfast.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** Kafka's data are lost: the vault is the truth. Then it is lost too: the regions are. The plan changes, and all is lost. */
class WipedBrokerIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void comesBackFromTheVaultAloneAndThenFromTheRegions() throws Exception {
        TestStack stack = TestStack.in(directory, "documents", "configuration");
        Path file = stack.source("documents").resolve("paper.txt");
        Files.writeString(file, "first");
        Files.writeString(stack.source("configuration").resolve("settings.yaml"), "a: 1\n");
        String first;
        String named;
        try (RunningHoldfast holdfast = RunningHoldfast.up(stack.data(), stack.plan())) {
            Console console = holdfast.console();
            first = console.awaitFirstBackup();
            console.awaitBackup(first, "vault", "east", "west");
            Files.writeString(file, "second");
            named = console.backUp("second");
            console.awaitBackup(named, "vault", "east", "west");
            awaitManifests(stack, first, named);
        }
        FileSystemUtils.deleteRecursively(stack.data().resolve("broker"));
        FileSystemUtils.deleteRecursively(stack.data().resolve("streams"));

        try (RunningHoldfast holdfast = RunningHoldfast.up(stack.data(), stack.plan())) {
            Console console = holdfast.console();
            console.awaitBackup(named, "vault", "east", "west");
            console.awaitBackup(first, "vault", "east", "west");
            JsonNode status = console.awaitThat(
                    "/api/status",
                    it -> it.path("components").size() == 2
                            && it.path("components")
                                    .valueStream()
                                    .allMatch(component -> component
                                                    .path("health")
                                                    .stringValue("")
                                                    .equals("PROTECTED")
                                            && component
                                                    .path("regions")
                                                    .valueStream()
                                                    .noneMatch(region -> region.path("last_good_at")
                                                            .isMissingNode())));
            assertThat(status.path("open_incidents").intValue()).isZero();

            Files.writeString(file, "wrecked");
            JsonNode restore = console.awaitRestore(console.restore(
                    Map.of("backup_id", first, "reason", "broker lost", "collections", List.of("documents"))));
            assertThat(restore.path("status").stringValue()).as("%s", restore).isEqualTo("COMPLETED");
            assertThat(file).hasContent("first");

            String third = console.backUp("third");
            console.awaitBackup(third, "vault", "east", "west");
            assertThat(regular(stack).stream().map(tags -> tags.recoveryPoint().value()))
                    .as("nothing was backed up again for no need")
                    .containsExactlyInAnyOrder(first, first, named, named, third, third);

            loseTheVault(console, stack, first, file);
            changeThePlan(console, stack);
            loseTheMachine(console, stack, file);
        }
    }

    /** Backups from before are listed and restored from where they still are. */
    private static void loseTheVault(Console console, TestStack stack, String id, Path file) throws IOException {
        Files.writeString(file, "wrecked");
        // At once: a running platform makes and removes locks meanwhile.
        Files.move(stack.data().resolve("vaults"), stack.data().resolveSibling("lost"));
        console.awaitBackup(console.backUp("fourth"), "vault", "east", "west");

        JsonNode listed = console.awaitThat(
                "/api/backups/" + id,
                backup -> backup.path("components")
                        .valueStream()
                        .allMatch(component -> component
                                .path("places")
                                .valueStream()
                                .map(JsonNode::stringValue)
                                .toList()
                                .equals(List.of("east", "west"))));
        assertThat(listed.path("status").stringValue()).isEqualTo("COMPLETE");
        JsonNode refused = console.awaitRestore(console.restore(Map.of("backup_id", id, "reason", "vault lost")));
        assertThat(refused.path("code").stringValue()).as("%s", refused).isEqualTo("HF-R03");
        assertThat(refused.path("message").stringValue()).contains("--from-region east, or with --from-region west");
        JsonNode restored = console.awaitRestore(
                console.restore(Map.of("backup_id", id, "reason", "vault lost", "from_region", "east")));
        assertThat(restored.path("status").stringValue()).as("%s", restored).isEqualTo("COMPLETED");
        assertThat(file).hasContent("first");
    }

    /** After a wipe everything counts; what changes later does not until it is captured. */
    private static void changeThePlan(Console console, TestStack stack) throws Exception {
        publishWithAnotherDirectory(stack);
        console.awaitThat(
                "/api/status",
                it -> it.path("components")
                        .valueStream()
                        .anyMatch(component -> component.path("files").intValue() == 2
                                && component.path("health").stringValue("").equals("PROTECTED")));
        assertThat(regular(stack))
                .as("beside the new vault's two, one of what the plan changed")
                .hasSize(3)
                .filteredOn(tags -> Long.valueOf(2).equals(tags.planRevision()))
                .extracting(tags -> tags.component().component())
                .containsExactly("documents");
    }

    /** What a new machine finds there does not become the latest: it is captured again once the old state is back. */
    private static void loseTheMachine(Console console, TestStack stack, Path file) throws IOException {
        Files.writeString(file, "of value");
        console.awaitBackup(console.backUp("fifth"), "vault", "east", "west");
        Files.move(stack.data().resolve("vaults"), stack.data().resolveSibling("lost with its machine"));
        Files.delete(stack.data().resolve("site/vaults/papers"));
        Files.writeString(file, "new installation");

        String asked = console.backUp("sixth");
        console.awaitThat(
                "/api/backups/" + asked,
                backup -> backup.path("components")
                                .valueStream()
                                .filter(component -> component.toString().contains("HF-W10"))
                                .count()
                        == 2);
        JsonNode restored = console.awaitRestore(
                console.restore(Map.of("backup_id", "latest", "reason", "machine lost", "from_region", "east")));
        assertThat(restored.path("status").stringValue()).as("%s", restored).isEqualTo("COMPLETED");
        assertThat(file).hasContent("of value");
        console.awaitBackup(console.backUp("seventh"), "vault", "east", "west");
    }

    private static void publishWithAnotherDirectory(TestStack stack) throws Exception {
        Path more = Files.createDirectories(stack.source("documents").resolveSibling("more"));
        Files.writeString(more.resolve("letter.txt"), "new");
        String documents = "\"%s\"".formatted(stack.source("documents"));
        Files.writeString(
                stack.plan(),
                Files.readString(stack.plan()).replace(documents, "%s, \"%s\"".formatted(documents, more)));
        assertThat(new CommandLine(stack.data())
                        .run("plan", "publish", stack.plan().toString())
                        .err())
                .contains("What is captured of papers/documents has changed.");
    }

    private static void awaitManifests(TestStack stack, String... points) {
        org.awaitility.Awaitility.await()
                .atMost(Console.PATIENCE)
                .ignoreExceptions()
                .until(() -> all(stack).stream()
                        .filter(tags -> tags.kind() == SnapshotKind.MANIFEST)
                        .map(tags -> tags.recoveryPoint().value())
                        .toList()
                        .containsAll(List.of(points)));
    }

    private static List<SnapshotTags> regular(TestStack stack) throws IOException {
        return all(stack).stream()
                .filter(tags -> tags.kind() == SnapshotKind.REGULAR)
                .toList();
    }

    private static List<SnapshotTags> all(TestStack stack) throws IOException {
        try (Vault vault = stack.openVault()) {
            return List.copyOf(TestStack.tagged(vault).values());
        }
    }
}
