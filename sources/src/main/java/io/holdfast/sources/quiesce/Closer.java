package io.holdfast.sources.quiesce;

import io.holdfast.sources.quiesce.Resting.OfUnit;
import io.holdfast.sources.quiesce.Resting.Rest;
import io.holdfast.sources.quiesce.Turns.Turn;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings back what a bracket holds, whoever opened it, and then removes its record. May be repeated from anywhere. */
final class Closer {

    private static final Logger log = LoggerFactory.getLogger(Closer.class);

    /** A process that hangs must not keep what it holds at rest: after that, things are brought back without a turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration HOOK_LIMIT = Duration.ofMinutes(5);

    private final Keepers keepers;
    private final Records records;
    private final Turns turns;
    private final Programs programs;

    Closer(Keepers keepers, Records records, Turns turns, Programs programs) {
        this.keepers = keepers;
        this.records = records;
        this.turns = turns;
        this.programs = programs;
    }

    /**
     * How a closing went.
     *
     * @param wasOpen false if somebody else has closed it, or begun to, since it was known
     * @param at when the last thing was back, in nanoseconds as {@link System#nanoTime} counts
     * @param disturbances how things did not stay at rest
     * @param failures why things could not be brought back; then the record stays
     * @param hookFailure why the hook afterwards failed
     */
    record Closing(
            boolean wasOpen,
            long at,
            List<String> disturbances,
            List<String> failures,
            @Nullable String hookFailure) {

        static final Closing OF_NOTHING = new Closing(false, 0, List.of(), List.of(), null);

        Closing undisturbed() {
            return new Closing(wasOpen, at, List.of(), failures, hookFailure);
        }

        /** For a log. */
        String text() {
            return Stream.of(
                            Stream.of(
                                    failures.isEmpty()
                                            ? "everything was brought back"
                                            : "not everything could be brought back, which is tried again"),
                            disturbances.stream(),
                            failures.stream(),
                            Stream.ofNullable(hookFailure).map("the command to run afterwards failed: %s"::formatted))
                    .flatMap(texts -> texts)
                    .collect(Collectors.joining("; "));
        }
    }

    /** As {@link #close}, for an owner that is gone: what it has asked to stop may end only now, and would then stay off. */
    Closing closeForLost(BracketRecord known) throws IOException, InterruptedException {
        long since = System.nanoTime();
        for (Resting thing : known.resting()) {
            keepers.awaitStop(thing, since);
        }
        return close(known);
    }

    Closing close(BracketRecord known) throws IOException, InterruptedException {
        List<String> disturbances = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        BracketRecord found;
        List<Resting> left;
        long at;
        try (Turn _ = turn(known)) {
            Optional<BracketRecord> open = records.find(known.id());
            if (open.isEmpty()) {
                return Closing.OF_NOTHING;
            }
            found = open.get();
            left = bringBack(found, disturbances, failures);
            at = System.nanoTime();
            settle(found, left, found.after());
        }
        boolean hookIsDue = left.isEmpty() && !found.after().isEmpty();
        return new Closing(
                found.holdsTheSame(known),
                at,
                disturbances,
                failures,
                hookIsDue ? run(known.id(), found.after()) : null);
    }

    /**
     * Closes it once more if somebody else has closed it, or begun to, while things were still being brought to rest.
     *
     * @return whether that was so
     */
    boolean closeIfBroken(BracketRecord known) throws IOException, InterruptedException {
        try (Turn _ = turn(known)) {
            Optional<BracketRecord> open = records.find(known.id());
            if (open.isPresent() && open.get().holdsTheSame(known)) {
                return false;
            }
            records.write(
                    known.left(known.resting(), open.map(BracketRecord::after).orElse(List.of())));
        }
        close(known);
        return true;
    }

    private Turn turn(BracketRecord record) throws IOException {
        return turns.take(record.keys(), PATIENCE).orElse(() -> {});
    }

    /**
     * What another bracket holds too stays at rest, unless that is to be closed as well: neither would bring it back otherwise.
     *
     * @return what could not be brought back, in the order of the bracket
     */
    private List<Resting> bringBack(BracketRecord record, List<String> disturbances, List<String> failures)
            throws IOException, InterruptedException {
        List<BracketRecord> others = records.all().stream()
                .filter(other -> !other.id().equals(record.id()) && !other.givenUp())
                .toList();
        List<Resting> left = record.resting();
        for (int tries = 0; tries < TRIES && !left.isEmpty(); tries++) {
            if (tries > 0) {
                Thread.sleep(PAUSE);
            }
            failures.clear();
            left = tryToBringBack(left, others, disturbances, failures);
        }
        return left;
    }

    private List<Resting> tryToBringBack(
            List<Resting> things, List<BracketRecord> others, List<String> disturbances, List<String> failures) {
        List<Resting> left = new ArrayList<>();
        Set<OfUnit> asLeft = keepers.units().asLeft(things);
        for (Resting thing : things.reversed()) {
            boolean alone =
                    thing.rest() == Rest.NONE || others.stream().noneMatch(other -> other.holdsAnyOf(List.of(thing)));
            try {
                keepers.bringBack(thing, alone)
                        .filter(_ -> !asLeft.contains(thing))
                        .ifPresent(disturbances::add);
            } catch (IOException e) {
                left.addFirst(thing);
                failures.add("%s: %s".formatted(thing.title(), e.getMessage()));
            }
        }
        return left;
    }

    private void settle(BracketRecord record, List<Resting> left, List<Hook> hooks) throws IOException {
        if (!left.isEmpty()) {
            records.write(record.left(left, hooks));
        } else if (!hooks.isEmpty()) {
            records.write(record.back());
        } else {
            records.delete(record.id());
        }
    }

    private @Nullable String run(String id, List<Hook> hooks) throws IOException {
        List<String> failures = new ArrayList<>();
        for (Hook hook : hooks) {
            try {
                programs.run(hook.argv(), HOOK_LIMIT);
            } catch (IOException e) {
                if (hook.mayFail()) {
                    log.warn("The command to run afterwards failed, which the plan lets pass: {}", e.getMessage());
                } else {
                    failures.add(e.getMessage());
                }
            }
        }
        Optional<BracketRecord> open = records.find(id);
        if (open.isPresent()) {
            settle(open.get(), open.get().resting(), List.of());
        }
        return failures.isEmpty() ? null : String.join("; ", failures);
    }
}
