package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.plan.Quiesce;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.quiesce.testing.FakeEngine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workloads of a cluster, through the real {@code kubectl} of this host and an API server that only pretends. */
@SuppressWarnings("NullAway.Init")
class WorkloadsIT {

    @TempDir
    private Path directory;

    private FakeApiServer cluster;
    private DockerEngine engine;
    private Brackets brackets;

    @BeforeEach
    void aClusterWithADeploymentOfTwo() throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, "kubectl"))),
                "needs kubectl (Debian: kubernetes-client)");
        cluster = FakeApiServer.start();
        Path configuration = Files.writeString(directory.resolve("config"), cluster.configuration());
        engine = DockerEngine.fromEnvironment(Map.of("DOCKER_HOST", "unix:///nonexistent"));
        Programs programs = OnThisHost.programs(engine, Map.of("KUBECONFIG", configuration.toString()));
        brackets = Brackets.with(directory.resolve("state"), new FakeEngine(), programs, Clock.systemUTC());
    }

    @AfterEach
    void end() throws IOException {
        if (cluster != null) {
            brackets.close();
            engine.close();
            cluster.close();
        }
    }

    @Test
    void areScaledToZeroUntilTheirPodsHaveEndedAndBackUntilTheyAreReady() throws Exception {
        Bracket bracket = brackets.open(capture("shop/deployment/web"));
        assertThat(cluster.scaledTo()).containsExactly(0);
        assertThat(cluster.pods()).isZero();

        bracket.close();

        assertThat(cluster.scaledTo()).containsExactly(0, 2);
        assertThat(cluster.pods()).isEqualTo(2);
    }

    @Test
    void areLeftAloneWhenSomebodyDeployedThemAnew() throws Exception {
        Bracket bracket = brackets.open(capture("shop/deployment/web"));
        cluster.deployAnew(0);

        assertFails("HF-Q26", "was removed meanwhile", bracket::close);

        assertThat(cluster.scaledTo()).containsExactly(0);
    }

    @Test
    void failWithWhatTheClusterSaysWhereItForbidsToScaleThem() {
        cluster.forbidScaling();

        assertFails("HF-Q22", "forbidden", () -> brackets.open(capture("shop/deployment/web")));

        assertThat(cluster.pods()).isEqualTo(2);
    }

    @Test
    void areMissedByName() {
        assertFails("HF-Q20", "shop/deployment/nobody", () -> brackets.open(capture("shop/deployment/nobody")));
    }

    private static ToRest capture(String workload) {
        return ToRest.forCapture(
                "shop/db",
                new Quiesce(
                        Quiesce.Mode.NONE,
                        List.of(),
                        List.of(),
                        List.of(workload),
                        List.of(),
                        List.of(),
                        Quiesce.DEFAULT_LIMIT),
                List.of());
    }

    private static void assertFails(String code, String text, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }
}
