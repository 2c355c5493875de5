package io.holdfast.sources.quiesce;

import io.holdfast.sources.quiesce.Closer.Closing;
import io.holdfast.sources.quiesce.Turns.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Closes the brackets that nobody else will: those of dead processes, those past their deadline, and those that could not be
 * closed whole. Not those of restores that have not ended: what is half restored must not be started.
 */
final class Sweeper {

    /** How much longer than its deadline a bracket is left to the process that opened it. */
    private static final Duration HEAD_START = Duration.ofSeconds(5);

    private final Records records;
    private final Owners owners;
    private final Turns sweeps;
    private final Tools tools;
    private final Clock clock;
    private final Map<String, String> told = new HashMap<>();

    private @Nullable Closer closer;

    /** Makes what closes brackets, with an engine and programs, when one is there to be closed: a guard that idles is small. */
    @FunctionalInterface
    interface Tools {
        Closer closer() throws IOException;
    }

    /** @param directory where the brackets lie */
    Sweeper(Path directory, Records records, Owners owners, Tools tools, Clock clock) throws IOException {
        this.records = records;
        this.owners = owners;
        this.tools = tools;
        this.clock = clock;
        sweeps = new Turns(directory.resolve("sweeps"));
    }

    /**
     * Closes them, unless another process is at it.
     *
     * @return what was done, one line each; what fails again and again is told once
     */
    List<String> sweep() throws IOException {
        return records.isEmpty() ? List.of() : Undisturbed.run(this::sweepNow);
    }

    private List<String> sweepNow() throws IOException, InterruptedException {
        List<String> done = new ArrayList<>();
        Optional<Turn> turn = sweeps.take(Stream.of("sweep"), Duration.ZERO);
        if (turn.isPresent()) {
            try (var _ = turn.get()) {
                for (BracketRecord record : records.all()) {
                    if (isLeft(record)) {
                        close(record).ifPresent(done::add);
                    }
                }
            }
        }
        return done;
    }

    /** Whatever is wrong with one stands in the way of no other. */
    private Optional<String> close(BracketRecord record) throws InterruptedException {
        try {
            if (closer == null) {
                closer = tools.closer();
            }
            Closing closing = record.givenUp() ? closer.close(record) : closer.closeForLost(record);
            return closing.wasOpen() ? tell(record, closing.text()) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return tell(record, "it cannot be closed, and is tried again: " + e);
        }
    }

    private Optional<String> tell(BracketRecord record, String text) {
        return text.equals(told.put(record.id(), text))
                ? Optional.empty()
                : Optional.of("The bracket of %s, open since %s, was left open: %s"
                        .formatted(record.subject(), record.opened(), text));
    }

    private boolean isLeft(BracketRecord record) throws IOException {
        return record.givenUp()
                || (!record.purpose().isRestore()
                        && (record.isOverdue(clock.instant().minus(HEAD_START)) || !owners.isAlive(record.owner())));
    }

    /** Whether there is, or may come, anything to sweep. */
    boolean isNeeded() throws IOException {
        return owners.anyAlive()
                || records.all().stream()
                        .anyMatch(
                                record -> record.givenUp() || !record.purpose().isRestore());
    }
}
