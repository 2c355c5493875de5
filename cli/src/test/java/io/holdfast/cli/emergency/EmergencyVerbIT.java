package io.holdfast.cli.emergency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.cli.TestCli;
import io.holdfast.cli.TestCli.Outcome;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EmergencyVerbIT {

    /** Opens, and fails with EIO when it is read. */
    private static final Path UNREADABLE = Path.of("/proc/self/mem");

    @TempDir
    Path temp;

    private final TestCli cli = new TestCli().with("DOCKER_HOST", "unix:///nonexistent");
    private Path docs;
    private Path place;

    @BeforeEach
    void aHost() throws IOException {
        docs = Files.createDirectories(temp.resolve("docs"));
        Files.writeString(docs.resolve("a.txt"), "still readable");
        place = temp.resolve("rescue");
    }

    @Test
    void savesWhatIsLeftOfADamagedStackAndSaysWhatIsNot() throws IOException {
        assumeTrue(Files.exists(UNREADABLE), "needs /proc");
        Path plan = plan("""
                - name: gone
                  class: critical
                  files: {paths: [%1$s/gone]}
                - name: docs
                  class: critical
                  files: {paths: [%1$s/docs, %1$s/also-gone, /proc/self/mem]}
                - name: dump
                  class: critical
                  command: {run: [sh, -c, "echo half a dump; exit 9"], file-name: dump.sql}
                - name: silent
                  class: critical
                  command: {run: [sh, -c, "exit 9"], file-name: dump.sql}
                - name: data
                  class: critical
                  docker-volume: {volume: shop-data}
                - name: config
                  class: critical
                  configuration: {paths: [%1$s/docs/a.txt], crontabs: [no-such-user]}
                """);

        Outcome outcome = cli.run("emergency", "--to", place.toString(), "--plan", plan.toString());

        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(outcome.out())
                .contains("shop/gone: NOTHING was stored", "HF-Q90 " + temp.resolve("gone") + " does not exist")
                .contains("HF-Q90 " + temp.resolve("also-gone"), "Input/output error", "kind=emergency")
                .contains("/shop/dump/dump.sql: cut after 12 bytes: HF-Q82", "shop/silent: NOTHING was stored")
                .contains("shop/data: NOTHING was stored", "emergency/host: snapshot");
        String password = password(outcome);
        TestCli later = new TestCli().with("HOLDFAST_PASSWORD", password).with("HOLDFAST_REPOSITORY", place.toString());
        assertThat(later.run("vault", "check").code()).isZero();
        Path restored = temp.resolve("restored");
        assertThat(later.run("vault", "restore", "latest", "--tag", "component=docs", "--target", restored.toString())
                        .code())
                .isZero();
        assertThat(Path.of(restored + "/shop/docs" + docs + "/a.txt")).hasContent("still readable");
        later.run("vault", "dump", "latest", "/shop/dump/dump.sql", "--tag", "component=dump");
        assertThat(new String(later.dumped(), StandardCharsets.UTF_8)).isEqualTo("half a dump\n");
        later.run("vault", "dump", "latest", "/emergency/report/report.txt", "--tag", "component=report");
        assertThat(new String(later.dumped(), StandardCharsets.UTF_8)).contains("shop/gone: NOTHING was stored");
        assertThat(later.run("vault", "ls", "latest", "--tag", "component=config")
                        .out())
                .contains("/shop/config" + docs + "/a.txt");
    }

    @Test
    void takesPathsWithoutAPlanAndLeavesItsOwnRepositoryOut() {
        Path within = docs.resolve("rescue [1]");
        Outcome outcome = cli.run("emergency", "--json", "--to", within.toString(), docs.toString());

        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
        List<JsonNode> lines = outcome.out()
                .lines()
                .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        assertThat(lines.getFirst().path("recovery_sheet").path("password").asString())
                .as("told before anything could go wrong")
                .contains("made now");
        assertThat(lines.getLast().at("/report/components/0/files").asInt()).isEqualTo(1);
    }

    @Test
    void usesAPasswordOfTheOperator() throws IOException {
        Path file = Files.writeString(temp.resolve("password"), "chosen");

        assertThat(cli.run("emergency", "--to", place.toString(), "-p", file.toString(), docs.toString())
                        .out())
                .contains("in the file " + file)
                .doesNotContain("chosen");
        assertThat(new TestCli()
                        .with("HOLDFAST_PASSWORD", "chosen")
                        .run("vault", "snapshots", "-r", place.toString())
                        .code())
                .isZero();
    }

    @Test
    void touchesNoRepositoryThatIsThere() {
        cli.run("emergency", "--to", place.toString(), docs.toString());

        Outcome again = cli.run("emergency", "--to", place.toString(), docs.toString());

        assertThat(again.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(again.err()).startsWith("HF-V02 ");
    }

    @Test
    void goesOnWithPathsWhereThePlanIsBroken() throws IOException {
        Path plan = Files.writeString(temp.resolve("plan.yaml"), "version: {");

        Outcome alone = cli.run("emergency", "--to", place.toString(), "--plan", plan.toString());
        assertThat(alone.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(alone.err()).startsWith("HF-L14 ");
        assertThat(place).doesNotExist();

        Outcome withPaths = cli.run("emergency", "--to", place.toString(), "--plan", plan.toString(), docs.toString());
        assertThat(withPaths.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(withPaths.err()).contains("Only the named paths are saved");
        assertThat(withPaths.out()).contains("emergency/paths: snapshot");
    }

    @Test
    void findsThePlanOfAPlatform() throws IOException {
        plan("""
                - name: docs
                  class: critical
                  files: {paths: [%1$s/docs]}
                """);

        Outcome outcome = cli.run("emergency", "--to", place.toString(), "--data", temp.toString());

        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isZero();
        assertThat(outcome.out()).contains("shop/docs: snapshot").doesNotContain("INCOMPLETE");
    }

    private Path plan(String components) throws IOException {
        return Files.writeString(
                temp.resolve("plan.yaml"),
                """
                version: 1
                vaults:
                  directory: %s/vaults
                  password: env:VAULT
                stacks:
                  - name: shop
                    components:
                """.formatted(temp) + components.formatted(temp).indent(6));
    }

    private static String password(Outcome outcome) {
        Matcher matcher = Pattern.compile("Password: (\\S+) \\(made now").matcher(outcome.out());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
