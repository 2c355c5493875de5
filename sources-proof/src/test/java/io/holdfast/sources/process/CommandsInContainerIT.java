package io.holdfast.sources.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sources.engine.Busybox;
import io.holdfast.sources.engine.ContainerId;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.process.CommandFailed.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CommandsInContainerIT {

    @SuppressWarnings("NullAway.Init")
    private static Busybox busybox;

    @SuppressWarnings("NullAway.Init")
    private static ContainerId container;

    @SuppressWarnings("NullAway.Init")
    private static Commands commands;

    @BeforeAll
    static void start() throws IOException {
        busybox = Busybox.onThisMachine();
        container = busybox.start("commands").id();
        commands = new Commands(busybox.engine());
    }

    @AfterAll
    static void removeContainers() throws IOException {
        if (busybox != null) {
            busybox.close();
        }
    }

    @Test
    void givesEnvironmentUserAndDirectory() throws IOException {
        CommandOutput output = commands.run(shell("echo $GREETING $SECRET $(id -u):$(id -g) $(pwd); echo noise >&2")
                .with("SECRET", "s3cret word")
                .as("12:34")
                .at("/bin"));

        assertThat(output.text()).isEqualTo("hello s3cret word 12:34 /bin");
        assertThat(output.stderr()).isEqualTo("noise\n");
    }

    @Test
    void passesTheEndOfStdinOn() throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);

        CommandOutput output = commands.run(shell("cat | wc -c"), new ByteArrayInputStream(bytes));

        assertThat(output.text()).isEqualTo("3000000");
    }

    @Test
    void readsAndWritesAtOnce() throws IOException {
        byte[] bytes = new byte[900_000];
        new Random(2).nextBytes(bytes);

        assertThat(commands.run(command("cat"), new ByteArrayInputStream(bytes)).stdout())
                .isEqualTo(bytes);
    }

    @Test
    void streamsWithoutLoss() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        long length;
        try (InputStream stream =
                commands.stream(shell("yes 0123456789abcdef | head -c 20000000; yes noise | head -c 100000 >&2"))) {
            length = new DigestInputStream(stream, digest).transferTo(java.io.OutputStream.nullOutputStream());
        }

        MessageDigest expected = MessageDigest.getInstance("SHA-256");
        byte[] line = "0123456789abcdef\n".getBytes(UTF_8);
        for (int i = 0; i < 20_000_000; i += line.length) {
            expected.update(line, 0, Math.min(line.length, 20_000_000 - i));
        }
        assertThat(length).isEqualTo(20_000_000);
        assertThat(digest.digest()).isEqualTo(expected.digest());
    }

    @Test
    void tellsAFailureAtTheEndOfTheStream() throws IOException {
        try (InputStream stream = commands.stream(
                shell("echo half; echo $PASSWORD is wrong >&2; exit 4").with("PASSWORD", "swordfish"))) {
            assertThatThrownBy(stream::readAllBytes).isInstanceOfSatisfying(CommandFailed.class, failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.STATUS);
                assertThat(failure.exitStatus()).isEqualTo(4);
                assertThat(failure.stderr()).isEqualTo("*** is wrong\n");
                assertThat(failure).hasMessageContaining("'sh' in container").hasMessageNotContaining("swordfish");
            });
        }
    }

    @Test
    void saysThatThereIsNoSuchProgram() {
        assertThatThrownBy(() -> commands.run(command("no-such-program")))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_STARTED));
    }

    @Test
    void killsAHangingCommandWithAllThatItStarted() throws IOException {
        assertThatThrownBy(() -> commands.run(shell("sleep 4711 & sleep 4711").within(Duration.ofMillis(500))))
                .isInstanceOfSatisfying(CommandFailed.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.TIME_LIMIT);
                    assertThat(failure).hasMessageNotContaining("MAY STILL RUN");
                });

        assertThat(commands.run(shell("cat /proc/[0-9]*/cmdline")).text()).doesNotContain("4711");
    }

    @Test
    void saysThatACommandMayStillRunWhereItCannotBeKilled() throws IOException {
        ContainerId paused = busybox.start("paused").id();
        InputStream stream =
                commands.stream(shell("echo started; sleep 600").in(paused).within(Duration.ofSeconds(2)));
        assertThat(stream.readNBytes(8)).asString().isEqualTo("started\n");
        busybox.engine().pause(paused);

        assertThatThrownBy(stream::read).isInstanceOfSatisfying(CommandFailed.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.TIME_LIMIT);
            assertThat(failure).hasMessageContaining("MAY STILL RUN");
        });
        stream.close();
    }

    @Test
    void failsIfTheContainerDiesMeanwhile() throws IOException {
        ContainerId dying = busybox.start("dying").id();
        try (InputStream stream = commands.stream(shell("echo first; sleep 600").in(dying))) {
            assertThat(stream.readNBytes(6)).asString().isEqualTo("first\n");
            busybox.kill(dying);

            assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void refusesAContainerThatDoesNotRun() throws IOException {
        ContainerId stopped = busybox.start("stopped").id();
        busybox.engine().stop(stopped, Duration.ZERO);

        assertThatThrownBy(() -> commands.run(command("true").in(stopped)))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(EngineException.Reason.CONFLICT));
    }

    private static Command command(String... argv) {
        return Command.of(argv).in(container);
    }

    private static Command shell(String script) {
        return command("sh", "-c", script);
    }
}
