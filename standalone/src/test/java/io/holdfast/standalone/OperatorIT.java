package io.holdfast.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import io.holdfast.standalone.CommandLine.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator does with a running platform and gets from it: on the command line, by mail, on the topics by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @SuppressWarnings("NullAway.Init") // JUnit sets it up
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestStack stack;

    @SuppressWarnings("NullAway.Init")
    private RunningHoldfast holdfast;

    @SuppressWarnings("NullAway.Init")
    private Console console;

    @SuppressWarnings("NullAway.Init")
    private CommandLine cli;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        this.directory = directory;
        stack = TestStack.in(directory, "documents");
        Files.writeString(stack.source("documents").resolve("paper.txt"), "words");
        holdfast = RunningHoldfast.up(stack.data(), stack.plan());
        console = holdfast.console();
        cli = new CommandLine(stack.data());
        console.awaitBackup(console.awaitFirstBackup(), "vault", "east", "west");
    }

    @AfterAll
    void stop() throws IOException {
        holdfast.close();
    }

    @Test
    void hearsOfAFailedBackupTakesItOnAndHearsOfItsEnd() throws Exception {
        Path away = directory.resolve("away");
        Files.move(stack.source("documents"), away);

        Ran failed = cli.run("backup", "--wait");

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("documents: HF-Q02 ");
        console.awaitThat(
                "/api/incidents?open=true", open -> open.path("incidents").size() == 1);
        JsonNode incident =
                json(cli.run("incidents", "--json")).path("incidents").path(0);
        assertThat(incident.path("subject").stringValue()).isEqualTo("backup-failed/papers/documents");
        assertThat(incident.path("message").stringValue()).contains("HF-Q02");
        assertThat(awaitMail().getFirst()).contains("operator@example.org", "papers/documents");

        Ran acknowledged = cli.run("ack", incident.path("id").stringValue(), "--note", "mine");
        assertThat(acknowledged.out()).contains("is with local since");

        Files.move(away, stack.source("documents"));
        assertThat(cli.run("backup", "--wait").code()).isZero();
        console.awaitThat(
                "/api/incidents?open=true", open -> open.path("incidents").isEmpty());
        assertThat(cli.run("incidents").out()).isEqualTo("No incident is open.\n");
    }

    @Test
    void backsUpLooksAndBringsBackOnTheCommandLine() throws Exception {
        JsonNode backup = json(cli.run("backup", "papers", "-c", "documents", "--name", "by-cli", "--wait", "--json"));
        assertThat(backup.path("status").stringValue()).isEqualTo("COMPLETE");
        assertThat(cli.run("backups").out()).contains("COMPLETE", "by-cli");
        assertThat(cli.run("status").out()).contains("papers/documents", "Plan revision 1 is in force.");
        assertThat(cli.run("plan", "publish", stack.plan().toString()).out())
                .isEqualTo("Nothing to change: revision 1 is in force with the same text.\n");
        assertThat(cli.run("recovery-sheet").out()).contains(stack.vaultLocation());
        assertThat(cli.run("events", "--topic", "backups").out()).contains("snapshot-taken.v1  papers/documents");

        Path target = directory.resolve("by-cli");
        Ran restored = cli.run("restore", "by-cli", "--to", target.toString(), "--reason", "to see it", "--wait");

        assertThat(restored.code()).as("%s", restored).isZero();
        assertThat(restoredPaper(target)).hasContent("words");
        assertThat(cli.run("restore", "no-such-backup", "--reason", "to see it").err())
                .startsWith("HF-C15 ");
        assertThat(cli.run("backup", "-c", "no-such-component").err()).startsWith("HF-C13 ");
    }

    @Test
    void publishesARestoreByHandAsTheDocumentationShows() throws Exception {
        String page = Files.readString(Path.of("../docs/events.md"));
        Path target = directory.resolve("by-hand");
        String request = page.lines()
                .filter(line -> line.startsWith("{\"specversion\""))
                .findFirst()
                .orElseThrow()
                .replace("/srv/restored", target.toString())
                .replaceAll(
                        "(?<=\"expires\":\")[^\"]*",
                        String.valueOf(Instant.now().plusSeconds(600)));

        holdfast.topics().publish(Topics.requests("local").name(), TestStack.NAME, request.getBytes(UTF_8), Map.of());

        JsonNode restore = console.awaitRestore("by-hand-1");
        assertThat(restore.path("status").stringValue()).as("%s", restore).isEqualTo("COMPLETED");
        assertThat(restoredPaper(target)).hasContent("words");
    }

    @Test
    void seesNoSecretInEventsLogsMailOrTheProcessList() throws Exception {
        String seen = whatAnOnlookerSees();
        List<Path> secrets = new ArrayList<>(files(stack.data().resolve("secrets")));
        secrets.add(stack.data().resolve("token"));

        assertThat(secrets).hasSizeGreaterThan(5);
        assertThat(Stream.of("Started Holdfast", "\"snapshot\":", "io.holdfast.standalone.Holdfast up")
                        .filter(word -> !seen.contains(word)))
                .as("missing of what is there to be seen")
                .isEmpty();
        assertThat(secrets.stream().filter(secret -> seen.contains(text(secret).strip())))
                .as("secrets that can be seen")
                .isEmpty();
    }

    private String whatAnOnlookerSees() throws IOException {
        var seen = new StringBuilder(holdfast.output());
        ProcessHandle.of(holdfast.endpoints().pid())
                .ifPresent(process -> Stream.concat(Stream.of(process), process.descendants())
                        .forEach(it -> it.info().commandLine().ifPresent(seen::append)));
        for (String place : List.of("logs", "mail", "site", "services")) {
            files(stack.data().resolve(place)).forEach(file -> seen.append(text(file)));
        }
        List<Topic> topics = new ArrayList<>(Topics.central());
        topics.add(Topics.requests("local"));
        for (Topic topic : topics) {
            holdfast.topics().records(topic.name()).stream()
                    .filter(message -> message.value() != null)
                    .forEach(message -> seen.append(new String(message.value(), UTF_8)));
        }
        return seen.toString();
    }

    @Test
    void findsInTheLogWhatWasRefusedToWhom() throws IOException {
        var stranger = new Console(holdfast.endpoints().console(), "guessed-token-0123456789");

        assertThatThrownBy(() -> stranger.get("/api/backups")).hasMessageContaining("answered 401");

        assertThat(stack.data().resolve("logs/holdfast.log"))
                .content()
                .contains("Refused a token that is not known method=\"GET\" path=\"/api/backups\" from=\"127.0.0.1\"");
    }

    @Test
    void reachesItFromThisMachineOnly() throws IOException {
        for (String part : List.of("console", "broker", "controller", "east", "west", "mail")) {
            int port = LoopbackPorts.find(stack.data().resolve("ports"), part).orElseThrow();
            Loopback.assertListensNowhereElse(part, port);
        }
    }

    private Path restoredPaper(Path target) {
        return target.resolve("documents")
                .resolve(stack.source("documents").toString().substring(1))
                .resolve("paper.txt");
    }

    private static JsonNode json(Ran ran) {
        assertThat(ran.code()).as("%s", ran).isZero();
        return JSON.readTree(ran.out());
    }

    private List<String> awaitMail() {
        return await("mail")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(
                        () -> files(stack.data().resolve("mail")).stream()
                                .filter(file -> file.toString().endsWith(".eml"))
                                .map(OperatorIT::text)
                                .toList(),
                        mails -> !mails.isEmpty());
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (NoSuchFileException _) {
            return ""; // the platform goes on meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
