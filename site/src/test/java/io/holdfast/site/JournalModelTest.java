package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.site.Journal.Acceptance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The journal against two maps, through any sequence of offers, ends and restarts. */
class JournalModelTest {

    sealed interface Step {}

    record Accept(String id, int attempt) implements Step {}

    record Finish(String id, int attempt) implements Step {}

    record Restart() implements Step {}

    /** What a journal should hold: the highest attempt of each id. */
    private static final class Model {
        private final Map<String, Integer> open = new HashMap<>();
        private final Map<String, Integer> ended = new HashMap<>();

        Acceptance accept(String id, int attempt) {
            if (open.containsKey(id)) {
                open.merge(id, attempt, Math::max);
                return Acceptance.OPEN;
            }
            if (ended.getOrDefault(id, 0) >= attempt) {
                return Acceptance.FINISHED;
            }
            open.put(id, attempt);
            return Acceptance.NEW;
        }

        boolean finish(String id, int attempt) {
            Integer current = open.get(id);
            if (current == null || current > attempt) {
                return false;
            }
            ended.put(id, current);
            open.remove(id);
            return true;
        }
    }

    @Property(tries = 200)
    void agreesWithItsModel(@ForAll("steps") List<Step> steps) throws IOException {
        Path directory = Files.createTempDirectory("journal");
        try {
            Journal journal = Journal.open(directory, Requests.AT);
            var model = new Model();
            for (Step step : steps) {
                switch (step) {
                    case Accept(String id, int attempt) ->
                        assertThat(journal.accept(Requests.entry(id, attempt))).isEqualTo(model.accept(id, attempt));
                    case Finish(String id, int attempt) ->
                        assertThat(journal.finish(Requests.entry(id, attempt))).isEqualTo(model.finish(id, attempt));
                    case Restart() -> journal = Journal.open(directory, Requests.AT);
                }
                var open = new HashMap<String, Integer>();
                journal.entries().forEach(entry -> open.put(entry.id(), entry.attempt()));
                assertThat(open).isEqualTo(model.open);
            }
        } finally {
            delete(directory);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> ids = Arbitraries.of("a", "b", "c");
        Arbitrary<Integer> attempts = Arbitraries.integers().between(1, 3);
        return Arbitraries.<Step>oneOf(
                        Combinators.combine(ids, attempts).as(Accept::new),
                        Combinators.combine(ids, attempts).as(Finish::new),
                        Arbitraries.create(Restart::new))
                .list()
                .ofMaxSize(15);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
