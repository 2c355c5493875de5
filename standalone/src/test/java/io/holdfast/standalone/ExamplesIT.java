package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.fixtures.DockerEngine;
import io.holdfast.fixtures.RedisContainer;
import io.holdfast.fixtures.TestImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Stacks as the plans of {@code deploy/examples} describe them: filled, backed up while clients write, wrecked, put back,
 * and compared through each server's own protocol. One platform takes on one plan after the other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {

    @RegisterExtension
    static final DockerEngine docker =
            DockerEngine.with(TestImage.APP, TestImage.CHROMA, TestImage.POSTGRES, TestImage.REDIS);

    private final Map<String, ExamplePlan> plans = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // JUnit sets it up
    private ExampleStage stage;

    @SuppressWarnings("NullAway.Init")
    private ArxivStack arxiv;

    @SuppressWarnings("NullAway.Init")
    private NeurocoreStack neurocore;

    @SuppressWarnings("NullAway.Init")
    private RagStack rag;

    @SuppressWarnings("NullAway.Init")
    private VectorizerStack vectorizer;

    @SuppressWarnings("NullAway.Init")
    private RunningHoldfast holdfast;

    @BeforeAll
    void startEverything(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        stage = new ExampleStage(docker, directory, new StandInPrograms(directory));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ArxivStack> first = threads.submit(() -> new ArxivStack(stage));
            Future<NeurocoreStack> second = threads.submit(() -> new NeurocoreStack(stage));
            Future<RagStack> third = threads.submit(() -> new RagStack(stage));
            vectorizer = new VectorizerStack(stage);
            arxiv = first.get();
            neurocore = second.get();
            rag = third.get();
        }
        startHoldfast(directory);
    }

    private void startHoldfast(Path directory) throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        var environment = new HashMap<>(Map.of(
                "PATH",
                stage.programs().path(),
                "REDIS_PASSWORD",
                RedisContainer.PASSWORD,
                "SMTP_PASSWORD",
                "of-the-mail"));
        var servers = new HashMap<String, URI>();
        servers.putAll(arxiv.servers());
        servers.putAll(rag.servers());
        servers.putAll(vectorizer.servers());
        try (DataDirectory taken = DataDirectory.take(data)) {
            DemoPlaces places = DemoPlaces.of(taken, new LoopbackPorts(taken.of("ports")));
            for (String stack : List.of(ArxivStack.NAME, NeurocoreStack.NAME, RagStack.NAME, VectorizerStack.NAME)) {
                ExampleHost host = stage.host(stack);
                host.writePasswords();
                var plan = new ExamplePlan(stack, host.root(), stage.prefixed(""), places, servers);
                environment.putAll(plan.environment());
                plans.put(stack, plan);
            }
        }
        Path first = Files.writeString(
                directory.resolve("plan.yaml"), plan(ArxivStack.NAME).text());
        holdfast = RunningHoldfast.up(data, first, environment);
    }

    @AfterAll
    void stopEverything() throws IOException {
        holdfast.close();
        vectorizer.close();
    }

    private ExamplePlan plan(String stack) {
        return Objects.requireNonNull(plans.get(stack));
    }

    private Rescue rescue(String stack) throws IOException {
        return new Rescue(holdfast.console(), plan(stack));
    }

    @Test
    void bringsBackArxiv() throws Exception {
        arxiv.isBroughtBackBy(rescue(ArxivStack.NAME));
    }

    @Test
    void bringsBackNeurocore() throws Exception {
        String backup = neurocore.isBroughtBackBy(rescue(NeurocoreStack.NAME));
        String volume = docker.newName("grafana-beside");

        restore(Map.of("backup_id", backup, "collections", List.of("grafana"), "target_volume", volume));

        neurocore.holdsTheDashboardsIn(volume);
    }

    @Test
    void bringsBackRag() throws Exception {
        rag.isBroughtBackBy(rescue(RagStack.NAME));
    }

    @Test
    void bringsBackVectorizer() throws Exception {
        vectorizer.isBroughtBackBy(rescue(VectorizerStack.NAME));
    }

    @Test
    void bringsBackOneMomentOfAStackThatIsCapturedTogether() throws Exception {
        var counting = new CountingStack(stage, rag.redis());
        Console console = holdfast.console();
        console.replacePlan(counting.plan());
        await().ignoreExceptions().until(counting::counts);

        String backup = console.backUp("one-moment");

        List<String> moments = console.awaitBackup(backup, "vault")
                .path("components")
                .valueStream()
                .map(component -> component.path("taken_at").stringValue())
                .toList();
        assertThat(moments).hasSize(2).containsOnly(moments.getFirst());
        counting.breaks();
        restore(Map.of("backup_id", backup));
        counting.hasCountedTheSameInBoth();
    }

    private void restore(Map<String, Object> request) throws IOException {
        Console console = holdfast.console();
        JsonNode restore = console.awaitRestore(console.restore(request));
        assertThat(restore.path("status").stringValue()).as("%s", restore).isEqualTo("COMPLETED");
    }
}
