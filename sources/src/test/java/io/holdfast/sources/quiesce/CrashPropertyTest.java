package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.sources.quiesce.ContainerEngine.Found;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import io.holdfast.sources.quiesce.Resting.OfContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Processes die anywhere among their calls, with and without the call's effect; engines are restarted in between. */
class CrashPropertyTest {

    private static final List<String> NAMES = List.of("app", "db", "cache");

    /** One life: it opens brackets and closes those it is told to, until it dies at one of its calls. */
    record Life(List<Wish> wishes, int diesAtCall, boolean afterTheCall, boolean engineRestarts) {}

    record Wish(Mode mode, List<String> containers, boolean closed) {}

    @Property(tries = 150)
    void everythingIsAsItWasInTheEnd(
            @ForAll("states") List<State> states, @ForAll("lives") List<Life> lives, @ForAll boolean lastOneRecovers)
            throws Exception {
        Path directory = Files.createTempDirectory("brackets");
        try {
            var bench = new Bench(directory);
            Map<String, State> before = new LinkedHashMap<>();
            for (int i = 0; i < NAMES.size(); i++) {
                bench.engine.create(NAMES.get(i), states.get(i));
                before.put(NAMES.get(i), states.get(i));
            }
            for (Life life : lives) {
                live(bench, life);
                if (life.engineRestarts()) {
                    restartEngine(bench, before);
                }
            }
            if (lastOneRecovers) {
                try (Brackets next = bench.process()) {
                    next.sweep();
                }
            } else {
                bench.guard();
            }
            before.forEach((name, state) ->
                    assertThat(bench.engine.stateOf(name)).as(name).isEqualTo(state));
            assertThat(bench.records.isEmpty()).isTrue();
        } finally {
            delete(directory);
        }
    }

    /** What a bracket holds comes back; anything else is off after that, which is the engine's doing. */
    private static void restartEngine(Bench bench, Map<String, State> before) throws IOException {
        List<Resting> held = bench.records.all().stream()
                .flatMap(record -> record.resting().stream())
                .filter(thing -> thing.rest() != Resting.Rest.NONE)
                .toList();
        for (String name : NAMES) {
            Found found = bench.engine.find(name).orElseThrow();
            var now = new OfContainer(found.id(), name, found.startedAt(), false, Resting.Rest.NONE);
            if (held.stream().noneMatch(now::isSameRun)) {
                before.put(name, State.OFF);
            }
        }
        bench.engine.restart();
    }

    private static void live(Bench bench, Life life) throws InterruptedException {
        var engine = new DyingEngine(bench.engine, life.diesAtCall(), life.afterTheCall());
        try (Brackets process = bench.process(engine)) {
            for (Wish wish : life.wishes()) {
                Bracket bracket = process.open(
                        Bench.capture(wish.mode(), wish.containers().toArray(String[]::new)));
                if (wish.closed()) {
                    bracket.close();
                }
            }
        } catch (Death | IOException _) {
            // Its brackets lie at the site.
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<List<State>> states() {
        return Arbitraries.of(State.RUNNING, State.PAUSED, State.OFF).list().ofSize(NAMES.size());
    }

    @Provide
    Arbitrary<List<Life>> lives() {
        Arbitrary<Wish> wish = Combinators.combine(
                        Arbitraries.of(Mode.PAUSE, Mode.STOP),
                        Arbitraries.of(NAMES).list().uniqueElements().ofMinSize(1),
                        Arbitraries.of(true, false))
                .as(Wish::new);
        // A stop waits for the end of a pause, so that within one life the modes are alike.
        Arbitrary<List<Wish>> wishes = wish.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(list -> list.stream()
                        .map(each -> new Wish(list.getFirst().mode(), each.containers(), each.closed()))
                        .toList());
        return Combinators.combine(
                        wishes,
                        Arbitraries.integers().between(1, 25),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Life::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    /** Not an exception: nothing that tidies up after failures may see it as one. */
    private static final class Death extends Error {}

    /** A connection to the engine that ends, with its process, at one call. */
    private static final class DyingEngine implements ContainerEngine {

        private final ContainerEngine engine;
        private final boolean after;
        private int callsLeft;

        DyingEngine(ContainerEngine engine, int diesAtCall, boolean after) {
            this.engine = engine;
            this.after = after;
            callsLeft = diesAtCall;
        }

        private interface Call {
            void run() throws IOException;
        }

        private void call(Call call) throws IOException {
            callsLeft--;
            if (callsLeft < 0 || (callsLeft == 0 && !after)) {
                throw new Death();
            }
            call.run();
            if (callsLeft == 0) {
                throw new Death();
            }
        }

        @Override
        public Optional<Found> find(String nameOrId) throws IOException {
            call(() -> {});
            return engine.find(nameOrId);
        }

        @Override
        public void pause(String id) throws IOException {
            call(() -> engine.pause(id));
        }

        @Override
        public void unpause(String id) throws IOException {
            call(() -> engine.unpause(id));
        }

        @Override
        public void stop(String id) throws IOException {
            call(() -> engine.stop(id));
        }

        @Override
        public void start(String id) throws IOException {
            call(() -> engine.start(id));
        }
    }
}
