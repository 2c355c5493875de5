package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

class HoldfastCliTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** A verb as another module adds it. */
    @Command(name = "up")
    static final class Up implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        private final RuntimeException problem;

        Up(RuntimeException problem) {
            this.problem = problem;
        }

        @Override
        public Integer call() {
            spec.commandLine().getOut().println(HoldfastCli.dataDirectory(spec) + " " + HoldfastCli.isJson(spec));
            throw problem;
        }
    }

    private int up(RuntimeException problem, String... args) {
        List<String> arguments = Stream.concat(Stream.of("up"), Stream.of(args)).toList();
        return HoldfastCli.commandLine(new FakeSurroundings(), arguments, new Up(problem))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void givesTheGlobalOptionsToVerbsThatAreAddedLater() {
        up(new IllegalStateException(), "--data", "/srv/holdfast", "--json");
        assertThat(out.toString()).isEqualTo(Path.of("/srv/holdfast") + " true\n");
    }

    @Test
    void takesAMessageWithACodeAsWrittenForAnOperator() {
        int code = up(new IllegalStateException("HF-Q03 The port 9092 is in use."));
        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("HF-Q03 The port 9092 is in use.\n");
        assertThat(out.toString()).isEqualTo("holdfast-data false\n");
    }

    @Test
    void showsAStackTraceOnlyWhenDebugging() {
        up(new IllegalStateException("oops"));
        assertThat(err.toString())
                .startsWith("HF-L99 ")
                .contains("oops", "--debug")
                .doesNotContain("\tat ");
        up(new IllegalStateException("oops"), "--debug");
        assertThat(err.toString()).contains("\tat io.holdfast.cli");
    }

    @Test
    void reportsUsageMistakesWithACodeAlsoInJson() {
        TestCli.Outcome mistake = new TestCli().run("vault", "restore", "--json");
        assertThat(mistake.code()).isEqualTo(1);
        assertThat(mistake.error().path("code").stringValue()).isEqualTo("HF-L05");
        assertThat(new TestCli().run("vault", "snap").err())
                .startsWith("HF-L05 ")
                .contains("vault snapshots");
    }

    @Test
    void helpsWithEveryVerbAndTakesJsonOnEach() {
        everyVerb(List.of()).forEach(verb -> {
            assertThat(verb.getCommandSpec().findOption("--json"))
                    .as(verb.getCommandSpec().qualifiedName())
                    .isNotNull();
            assertThat(verb.getUsageMessage()).contains("--help", "130").doesNotContain("${");
            assertThat(verb.getCommandSpec().usageMessage().description()).isNotEmpty();
        });
        assertThat(new TestCli().run("--version").out()).startsWith("holdfast ");
        assertThat(new TestCli().run().out()).startsWith("Usage: holdfast ");
    }

    private static Stream<CommandLine> everyVerb(List<String> path) {
        CommandLine verb = HoldfastCli.commandLine(new FakeSurroundings(), path);
        for (String word : path) {
            verb = Objects.requireNonNull(verb.getSubcommands().get(word));
        }
        return Stream.concat(
                Stream.of(verb),
                verb.getSubcommands().keySet().stream()
                        .flatMap(word -> everyVerb(
                                Stream.concat(path.stream(), Stream.of(word)).toList())));
    }

    @Test
    void makesOnlyTheVerbsThatAreNamed() {
        List<String> words = List.of("--json", "vault", "ls", "latest");
        CommandLine commandLine = HoldfastCli.commandLine(new FakeSurroundings(), words);
        assertThat(commandLine.getSubcommands()).containsOnlyKeys("vault");
        assertThat(commandLine.getSubcommands())
                .hasEntrySatisfying(
                        "vault", vault -> assertThat(vault.getSubcommands()).containsOnlyKeys("ls"));
    }

    /** It names them, and starts what it does not know with all that services need. */
    @Test
    void hasEveryVerbStartedFromTheModulesOwnJar() throws IOException {
        String launcher = Files.readString(Path.of("../holdfast"));
        Matcher named = Pattern.compile("\n {4}([a-z| -]+)\\)\n {8}CACHE=\\$DIST/cli\\.aot\n")
                .matcher(launcher);
        assertThat(named.find()).isTrue();
        assertThat(named.group(1).split(" \\| "))
                .containsExactlyInAnyOrderElementsOf(
                        visible(HoldfastCli.commandLine(new FakeSurroundings(), List.of())));
    }

    private static List<String> visible(CommandLine commandLine) {
        return commandLine.getSubcommands().entrySet().stream()
                .filter(verb -> !verb.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void takesAVerbsNameAsAnOptionsValue() {
        int code = up(new IllegalStateException("HF-Q03 busy"), "--data", "vault");
        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("vault false\n");
    }

    @Test
    void letsNoLibraryLogBetweenItsLines() {
        new TestCli().run("status");
        assertThat(LoggerFactory.getLogger("org.apache.kafka").isErrorEnabled()).isFalse();
        assertThat(LoggerFactory.getLogger("io.holdfast.vault").isWarnEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger("io.holdfast.vault").isInfoEnabled()).isFalse();
    }
}
