package io.holdfast.sources.quiesce;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Quiesce.Mode;
import io.holdfast.sources.quiesce.testing.FakeEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A site with a fake engine, fake programs and a clock that the test moves. */
final class Bench extends Clock {

    static final String SUBJECT = "shop/db";

    final FakeEngine engine = new FakeEngine();
    final List<List<String>> ran = new ArrayList<>();
    final Records records;
    private final Path directory;
    private final Map<List<String>, Meanwhile> meanwhile = new HashMap<>();
    private Instant now = Instant.parse("2026-11-21T02:00:00Z");
    private Predicate<List<String>> fails = _ -> false;

    Bench(Path directory) throws IOException {
        this.directory = directory;
        records = new Records(directory);
    }

    /** A process of the site that opens brackets. */
    Brackets process() throws IOException {
        return process(engine);
    }

    Brackets process(ContainerEngine engine) throws IOException {
        return new Brackets(directory, keepers(engine), this::run, this, () -> {});
    }

    Brackets process(GuardStart guard) throws IOException {
        return new Brackets(directory, keepers(engine), this::run, this, guard);
    }

    private Keepers keepers(ContainerEngine engine) {
        return new Keepers(
                new Containers(engine, id -> false, Duration.ofMillis(150)),
                new Units(this::run, _ -> false),
                new Workloads(this::run, Duration.ofSeconds(5), Duration.ofMillis(1)));
    }

    /** What a guard does in a second of its life. */
    List<String> guard() throws IOException {
        var turns = new Turns(directory.resolve("turns"));
        return new Sweeper(
                        directory,
                        records,
                        new Owners(directory.resolve("owners")),
                        () -> new Closer(keepers(engine), records, turns, this::run),
                        this)
                .sweep();
    }

    void failWhen(Predicate<List<String>> fails) {
        this.fails = fails;
    }

    interface Meanwhile {
        void happens() throws Exception;
    }

    /** What happens while a program runs. */
    void whenRun(String program, Meanwhile meanwhile) {
        this.meanwhile.put(List.of(program), meanwhile);
    }

    private String run(List<String> argv, Duration limit) throws IOException {
        ran.add(argv);
        Meanwhile event = meanwhile.remove(argv);
        if (event != null) {
            try {
                event.happens();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        if (fails.test(argv)) {
            throw new IOException("it ended with status 1");
        }
        return "";
    }

    void later(Duration by) {
        now = now.plus(by);
    }

    static ToRest capture(Mode mode, String... containers) {
        return ToRest.forCapture(SUBJECT, quiesce(mode), List.of(containers));
    }

    static ToRest restore(String... containers) {
        return ToRest.forRestore(SUBJECT, Quiesce.NONE, List.of(containers));
    }

    static Quiesce quiesce(Mode mode, String... containers) {
        return new Quiesce(
                mode, Arrays.asList(containers), List.of(), List.of(), List.of(), List.of(), Quiesce.DEFAULT_LIMIT);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
