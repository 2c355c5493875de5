package io.holdfast.sources.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.process.CommandFailed.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Commands commands;

    @BeforeEach
    void withoutAnEngine() throws IOException {
        commands = new Commands(DockerEngine.fromEnvironment(Map.of("DOCKER_HOST", "unix:///nonexistent")));
    }

    @Test
    void collectsWhatACommandPrints() throws IOException {
        CommandOutput output = commands.run(shell("echo $GREETING; pwd; echo noise >&2")
                .with("GREETING", "hello")
                .at(directory.toString()));

        assertThat(output.text()).isEqualTo("hello\n" + directory);
        assertThat(output.stderr()).isEqualTo("noise\n");
    }

    @Test
    void passesOnOfTheEnvironmentOnlyWhatIsNeeded() throws IOException {
        assertThat(commands.run(Command.of("env")).text().lines().map(line -> line.replaceFirst("=.*", "")))
                .isSubsetOf(
                        "PATH",
                        "HOME",
                        "USER",
                        "LANG",
                        "LC_ALL",
                        "TZ",
                        "TMPDIR",
                        "HOLDFAST_COMMAND",
                        "_",
                        "PWD",
                        "SHLVL");
    }

    @Test
    void treatsArgumentsAsDataNeverAsAScript() throws IOException {
        assertThat(commands.run(Command.of("echo", "$(id); rm -rf /", "*")).text())
                .isEqualTo("$(id); rm -rf / *");
    }

    @Test
    void saysHowItFailedWithoutArgumentsAndSecrets() {
        Command command = shell("echo password $PASSWORD for $NAME is wrong >&2; exit 7")
                .with("PASSWORD", "swordfish.*")
                .with("NAME", "sa");

        assertThatThrownBy(() -> commands.run(command)).isInstanceOfSatisfying(CommandFailed.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.STATUS);
            assertThat(failure.exitStatus()).isEqualTo(7);
            assertThat(failure.stderr()).isEqualTo("password *** for *** is wrong\n");
            assertThat(failure).hasMessage("'sh' ended with status 7: password *** for *** is wrong");
        });
    }

    @Test
    void saysThatThereIsNoSuchProgram() {
        assertThatThrownBy(() -> commands.run(Command.of("no-such-program")))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_STARTED));
    }

    @Test
    void keepsTheEndOfMuchStderr() throws IOException {
        CommandOutput output = commands.run(shell("yes noise | head -c 1000000 >&2; echo last words >&2"));

        assertThat(output.stderr()).hasSizeLessThanOrEqualTo(8193).endsWith("last words\n");
    }

    @Test
    void killsACommandThatPrintsTooMuch() {
        assertThatThrownBy(() -> commands.run(Command.of("yes")))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.TOO_MUCH_OUTPUT));
    }

    @Test
    void killsAHangingCommandWithAllThatItStarted() {
        Path pids = directory.resolve("pids");
        Command command = shell("sleep 600 & echo $! >> pids; (sleep 600 & echo $! >> pids); sleep 600")
                .at(directory.toString())
                .within(Duration.ofMillis(700));

        assertThatThrownBy(() -> commands.run(command))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.TIME_LIMIT));

        await().until(() -> Files.readAllLines(pids).size() == 2
                && Files.readAllLines(pids).stream().noneMatch(CommandsTest::isAlive));
    }

    /** Also not a zombie, which nobody may have buried yet. */
    private static boolean isAlive(String pid) {
        try {
            return !Files.readString(Path.of("/proc", pid, "stat")).matches("(?s).*\\) Z .*");
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void killsTheCommandWhenItsReaderIsInterrupted() throws Exception {
        var failure = new CompletableFuture<Throwable>();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                commands.run(Command.of("sleep", "600").within(Duration.ofMinutes(10)));
            } catch (IOException e) {
                failure.complete(e);
            }
        });
        reader.interrupt();

        assertThat(failure.get())
                .isInstanceOfSatisfying(
                        CommandFailed.class, e -> assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED));
    }

    @Test
    void feedsStdinAndReadsAtOnce() throws IOException {
        byte[] bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);

        assertThat(commands.run(Command.of("cat"), new ByteArrayInputStream(bytes))
                        .stdout())
                .isEqualTo(bytes);
    }

    @Test
    void neverLetsACommandTakeABrokenStreamForAWholeOne() {
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream("half".getBytes(UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the vault is gone");
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return read();
                    }
                });
        Path seen = directory.resolve("whole");

        assertThatThrownBy(() -> commands.run(shell("cat && touch whole").at(directory.toString()), broken))
                .hasMessage("the vault is gone");
        assertThat(seen).doesNotExist();
    }

    @Test
    void doesNotMindACommandThatNeedsNoMoreOfItsStdin() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'y';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                Arrays.fill(bytes, offset, offset + length, (byte) 'y');
                return length;
            }
        };

        assertThat(commands.run(Command.of("head", "-c", "3"), endless).text()).isEqualTo("yyy");
    }

    @Test
    void endsAStreamOnlyAfterSuccess() throws IOException {
        try (InputStream stream = commands.stream(shell("echo whole"))) {
            assertThat(stream.readAllBytes()).asString().isEqualTo("whole\n");
            assertThat(stream.read()).isEqualTo(-1);
        }
        try (InputStream stream = commands.stream(shell("echo half; exit 1"))) {
            assertThat(stream.readNBytes(5)).asString().isEqualTo("half\n");
            assertThatThrownBy(stream::read).isInstanceOf(CommandFailed.class);
        }
    }

    @Test
    void throwsWhenAStreamIsClosedBeforeItsEnd() throws IOException {
        InputStream stream = commands.stream(Command.of("yes"));
        assertThat(stream.readNBytes(2)).hasSize(2);

        assertThatThrownBy(stream::close)
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_READ));
        stream.close();
    }

    private static Command shell(String script) {
        return Command.of("sh", "-c", script);
    }
}
