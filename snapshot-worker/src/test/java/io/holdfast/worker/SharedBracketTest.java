package io.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.ComponentId;
import io.holdfast.plan.Quiesce;
import io.holdfast.site.testing.TestSite;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** In which order components are captured, and what becomes of them. The container {@code app} writes to them all. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class SharedBracketTest {

    @TempDir
    private Path directory;

    private final List<String> steps = new ArrayList<>();
    private WorkerBench bench;

    @BeforeEach
    void twoThatRun() throws IOException {
        bench = new WorkerBench(directory);
        bench.site.engine().create("app", State.RUNNING);
        bench.site.engine().create("redis", State.RUNNING);
    }

    @Test
    void settlesWhenTheWriterRestsAndReadsWhenAllDo() throws Exception {
        Map<OneBackup, Outcome> outcomes =
                capture(new Recording("files", "app"), new Recording("cache", "redis").awake());

        assertThat(steps)
                .containsExactly(
                        "inspect files RUNNING RUNNING",
                        "inspect cache RUNNING RUNNING",
                        "settle files PAUSED RUNNING",
                        "settle cache PAUSED RUNNING",
                        "read files PAUSED PAUSED",
                        "read cache PAUSED PAUSED",
                        "validate files RUNNING RUNNING",
                        "validate cache RUNNING RUNNING",
                        "close files RUNNING RUNNING",
                        "close cache RUNNING RUNNING");
        assertThat(outcomes.values()).allMatch(Outcome.Taken.class::isInstance);
    }

    @Test
    void readsWhatLastsWhenTheOthersWentOnAndAreSafe() throws Exception {
        Map<OneBackup, Outcome> outcomes = capture(new Recording("dump").lasting(), new Recording("files", "app"));

        assertThat(steps)
                .filteredOn(step -> !step.startsWith("inspect") && !step.startsWith("close"))
                .containsExactly(
                        "settle dump PAUSED RUNNING",
                        "settle files PAUSED RUNNING",
                        "read files PAUSED RUNNING",
                        "validate files RUNNING RUNNING",
                        "read dump RUNNING RUNNING",
                        "validate dump RUNNING RUNNING");
        assertThat(outcomes.values())
                .extracting(outcome -> ((Outcome.Taken) outcome).snapshot().time())
                .hasSize(2)
                .containsOnly(bench.site.clock().instant());
    }

    @Test
    void goesOnWithoutOneThatFailsWhereverItDoes() throws Exception {
        for (String step : List.of("settle", "read", "validate", "close")) {
            Map<OneBackup, Outcome> outcomes =
                    capture(new Recording("cache", "redis").failingTo(step), new Recording("files", "app"));

            assertThat(codeOf(outcomes, "cache")).isEqualTo("HF-Q99");
            assertThat(codeOf(outcomes, "files")).isEmpty();
            assertThat(bench.site.engine().stateOf("app")).isEqualTo(State.RUNNING);
            assertThat(bench.site.engine().stateOf("redis")).isEqualTo(State.RUNNING);
        }
    }

    @Test
    void keepsWhatWasReadOfOneThatDoesNotGoOn() throws Exception {
        Map<OneBackup, Outcome> outcomes = capture(new Recording("cache", "redis").failingTo("validate"));

        Snapshot kept = bench.site.vaults().of("shop").snapshots().getFirst();
        assertThat(outcomes.values())
                .singleElement()
                .satisfies(outcome -> assertThat(((Outcome.Failed) outcome).why())
                        .hasMessage(
                                "HF-Q99 It fails. What was read is kept as snapshot %s, which counts as no good backup."
                                        .formatted(kept.id().shortForm())));
        assertThat(kept.tags()).contains("kind=incomplete");
    }

    @Test
    void failsAllWhenSomethingDidNotStayAtRest() throws Exception {
        Map<OneBackup, Outcome> outcomes =
                capture(new Recording("files", "app"), new Recording("cache", "redis").waking("app"));

        assertThat(codeOf(outcomes, "files")).isEqualTo("HF-Q26");
        assertThat(codeOf(outcomes, "cache")).isEqualTo("HF-Q26");
        assertThat(steps).noneMatch(step -> step.startsWith("validate"));
        assertThat(bench.site.vaults().of("shop").snapshots())
                .hasSize(2)
                .allMatch(snapshot -> snapshot.tags().contains("kind=incomplete"));
    }

    @Test
    void bringsAllBackAndClosesAllWhenItIsStopped() {
        assertThatThrownBy(() -> capture(new Recording("files", "app"), new Recording("cache", "redis").interrupted()))
                .isInstanceOf(InterruptedException.class);

        assertThat(bench.site.engine().stateOf("app")).isEqualTo(State.RUNNING);
        assertThat(bench.site.engine().stateOf("redis")).isEqualTo(State.RUNNING);
        assertThat(steps).endsWith("close files RUNNING RUNNING", "close cache RUNNING RUNNING");
    }

    @Test
    void closesAllWhenClosingOneFailsInAWayThatWasNotForeseen() throws Exception {
        Map<OneBackup, Outcome> outcomes = capture(
                new Recording("cache", "redis").closing(() -> {
                    throw new IllegalStateException("It is broken");
                }),
                new Recording("files", "app"));

        assertThat(steps).endsWith("close cache RUNNING RUNNING", "close files RUNNING RUNNING");
        assertThat(codeOf(outcomes, "cache")).isEqualTo("HF-W07");
        assertThat(codeOf(outcomes, "files")).isEmpty();
    }

    @Test
    void failsTheOneAloneWhoseCodeCannotBeLoaded() throws Exception {
        Map<OneBackup, Outcome> outcomes = capture(
                new Recording("cache", "redis").closing(() -> {
                    throw new NoClassDefFoundError("a native library");
                }),
                new Recording("files", "app"));

        assertThat(codeOf(outcomes, "cache")).isEqualTo("HF-W07");
        assertThat(codeOf(outcomes, "files")).isEmpty();
    }

    @Test
    void closesAllWhenItIsStoppedWhileItClosesOne() {
        assertThatThrownBy(() -> capture(
                        new Recording("cache", "redis").failingTo("close").closing(Thread.currentThread()::interrupt),
                        new Recording("files", "app")))
                .isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(steps).endsWith("close cache RUNNING RUNNING", "close files RUNNING RUNNING");
    }

    private Map<OneBackup, Outcome> capture(Recording... captures) throws IOException, InterruptedException {
        var bracket = new SharedBracket(bench.site.brackets(), () -> {}, bench.running, bench.site.clock());
        for (Recording capture : captures) {
            var backup = new OneBackup(bench.request(1), new ComponentId("shop", capture.name), TestSite.NAME);
            bracket.join(backup, () -> new Member(backup, 1, paused(), capture));
        }
        return bracket.capture(bench.site.vaults().ofOrNew("shop"));
    }

    private static Quiesce paused() {
        return new Quiesce(
                Quiesce.Mode.PAUSE, List.of(), List.of(), List.of(), List.of(), List.of(), Quiesce.DEFAULT_LIMIT);
    }

    private static String codeOf(Map<OneBackup, Outcome> outcomes, String component) {
        return outcomes.entrySet().stream()
                .filter(outcome -> outcome.getKey().component().component().equals(component))
                .map(outcome -> outcome.getValue() instanceof Outcome.Failed failed ? failed.code() : "")
                .findFirst()
                .orElseThrow();
    }

    /** Notes each step with the states of the two containers. */
    private final class Recording implements Capture {

        private final String name;
        private final List<String> own;
        private boolean awake;
        private boolean lasting;
        private boolean interrupted;
        private String failing = "";
        private String waking = "";
        private Runnable closing = () -> {};

        Recording(String name, String... own) {
            this.name = name;
            this.own = List.of(own);
        }

        Recording awake() {
            awake = true;
            return this;
        }

        Recording lasting() {
            lasting = true;
            return this;
        }

        Recording interrupted() {
            interrupted = true;
            return this;
        }

        Recording failingTo(String step) {
            failing = step;
            return this;
        }

        /** Somebody else starts a container while this is read. */
        Recording waking(String container) {
            waking = container;
            return this;
        }

        /** This happens while it is closed. */
        Recording closing(Runnable happening) {
            closing = happening;
            return this;
        }

        private void step(String step) throws SourceException {
            steps.add("%s %s %s %s"
                    .formatted(
                            step,
                            name,
                            bench.site.engine().stateOf("app"),
                            bench.site.engine().stateOf("redis")));
            if (step.equals("close")) {
                closing.run();
            }
            if (step.equals(failing)) {
                throw new SourceException("HF-Q99", "It fails.");
            }
        }

        @Override
        public List<String> inspect() throws SourceException {
            step("inspect");
            return own;
        }

        @Override
        public void settle() throws SourceException {
            step("settle");
        }

        @Override
        public boolean settlesAwake() {
            return awake;
        }

        @Override
        public boolean lasts() {
            return lasting;
        }

        @Override
        public Content read() throws SourceException, InterruptedException {
            step("read");
            if (interrupted) {
                throw new InterruptedException();
            }
            if (!waking.isEmpty()) {
                bench.site.engine().turn(waking, State.RUNNING);
            }
            return new Content(
                    List.of(new Root.Generated("/shop/" + name + "/data", name.getBytes(StandardCharsets.UTF_8))),
                    List.of());
        }

        @Override
        public void validate() throws SourceException {
            step("validate");
        }

        @Override
        public void close() throws SourceException {
            step("close");
        }
    }
}
