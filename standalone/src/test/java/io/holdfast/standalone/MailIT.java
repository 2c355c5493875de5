package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Something goes wrong: the operator gets a mail, takes it on, and hears when it is over. */
class MailIT {

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void tellsOfAFailedBackupAndOfItsEnd() throws Exception {
        TestStack stack = TestStack.in(directory, "documents");
        Files.writeString(stack.source("documents").resolve("paper.txt"), "words");
        try (RunningHoldfast holdfast = RunningHoldfast.up(stack.data(), stack.plan())) {
            Console console = holdfast.console();
            console.awaitBackup(console.awaitFirstBackup(), "vault", "east", "west");
            Path away = directory.resolve("away");
            Files.move(stack.source("documents"), away);

            console.backUp("source-is-gone");

            JsonNode incident = console.awaitThat(
                            "/api/incidents?open=true",
                            open -> open.path("incidents").size() == 1)
                    .path("incidents")
                    .path(0);
            assertThat(incident.path("subject").stringValue()).isEqualTo("backup-failed/papers/documents");
            assertThat(incident.path("message").stringValue()).contains("HF-Q02");
            String mail = awaitMail(stack, 1).getFirst();
            assertThat(mail).contains("operator@example.org", "papers/documents");

            String id = incident.path("id").stringValue();
            JsonNode acknowledged = console.post("/api/incidents/" + id + "/acknowledge", Map.of("note", "mine"), null);
            assertThat(acknowledged.path("acknowledged_by").stringValue("")).isNotBlank();

            Files.move(away, stack.source("documents"));
            console.awaitBackup(console.backUp("source-is-back"), "vault", "east", "west");
            console.awaitThat(
                    "/api/incidents?open=true", open -> open.path("incidents").isEmpty());
        }
    }

    private static List<String> awaitMail(TestStack stack, int count) {
        return await("mail")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> mails(stack.data().resolve("mail")), mails -> mails.size() >= count);
    }

    private static List<String> mails(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".eml"))
                    .map(MailIT::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
