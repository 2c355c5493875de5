package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.sources.engine.Busybox;
import io.holdfast.sources.engine.Container.State;
import io.holdfast.sources.engine.DockerEngine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a bracket when its engine is restarted, with an engine of the test's own. */
@Timeout(180)
class EngineRestartIT {

    private static final Path DOCKERD = Path.of("/usr/sbin/dockerd");
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Map<String, String> environment;
    private DockerEngine engine;
    private Process daemon;

    @BeforeEach
    void anEngineWithOneThatRunsAndOneThatIsOff() throws Exception {
        assumeTrue(Files.isExecutable(DOCKERD), "needs dockerd (Debian: docker.io)");
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to start an engine");
        Busybox.onThisMachine().close();
        environment = Map.of("DOCKER_HOST", "unix://" + directory.resolve("docker.sock"));
        engine = DockerEngine.fromEnvironment(environment);
        startEngine();
        Path image = directory.resolve("image.tar");
        run(Map.of(), "docker", "save", "-o", image.toString(), Busybox.IMAGE);
        run(environment, "docker", "load", "-i", image.toString());
        for (String name : List.of("running", "off")) {
            run(environment, "docker", "run", "-d", "--network=none", "--name=" + name, Busybox.IMAGE, "sleep", "600");
        }
        run(environment, "docker", "kill", "off");
    }

    private void startEngine() throws IOException {
        daemon = new ProcessBuilder(
                        "unshare", // a network of its own: this daemon would take the bridge of the machine's engine
                        // away
                        "--net",
                        DOCKERD.toString(),
                        "--host=" + environment.get("DOCKER_HOST"),
                        "--data-root=" + directory.resolve("data"),
                        "--exec-root=" + directory.resolve("exec"),
                        "--pidfile=" + directory.resolve("pid"),
                        "--bridge=none",
                        "--iptables=false",
                        "--ip-masq=false")
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "log"))
                .start();
        await().atMost(SOON).ignoreExceptions().until(() -> {
            engine.ping();
            return true;
        });
    }

    @AfterEach
    void stopEngine() throws Exception {
        if (daemon != null) {
            run(environment, "docker", "rm", "-f", "running", "off");
            daemon.destroy();
            daemon.waitFor();
            engine.close();
        }
    }

    @Test
    void startsAfterwardsWhatTheRestartEndedAndOnlyThat() throws Exception {
        Path state = Files.createDirectory(directory.resolve("state"));
        Process owner = Holder.start(state, environment, Mode.PAUSE, Quiesce.DEFAULT_LIMIT, "running", "off");
        await().atMost(SOON).until(() -> stateOf("running") == State.PAUSED);

        daemon.destroy();
        daemon.waitFor();
        startEngine();
        assertThat(stateOf("running")).isEqualTo(State.EXITED);
        owner.destroyForcibly().waitFor();

        await().atMost(SOON).until(() -> stateOf("running") == State.RUNNING);
        assertThat(stateOf("off")).isEqualTo(State.EXITED);
        await().atMost(SOON).until(() -> !Watch.isKept(Brackets.below(state)));
    }

    private State stateOf(String container) throws IOException {
        return engine.requireContainer(container).state();
    }

    private static void run(Map<String, String> environment, String... command) throws Exception {
        var builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        assertThat(builder.start().waitFor()).as(String.join(" ", command)).isZero();
    }
}
