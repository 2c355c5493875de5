package io.holdfast.sources.quiesce;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.quiesce.Keepers.Seen;
import io.holdfast.sources.quiesce.Owners.Owner;
import io.holdfast.sources.quiesce.Resting.OfContainer;
import io.holdfast.sources.quiesce.Resting.Rest;
import io.holdfast.sources.quiesce.Turns.Turn;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The brackets of one site. Several may hold the same thing: who comes second joins, what it was before stays known, and
 * the last to close brings it back.
 *
 * <p>One instance per process; closing it says that this process closes no bracket any more, as its death would.
 */
public final class Brackets implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(Brackets.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Keepers keepers;
    private final Programs programs;
    private final Clock clock;
    private final GuardStart guard;
    private final Records records;
    private final Turns turns;
    private final Sweeper sweeper;
    private final Owner owner;
    private final ReadWriteLock openings = new ReentrantReadWriteLock();
    private final Closer closer;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bracket-limit").daemon().factory());

    Brackets(Path directory, Keepers keepers, Programs programs, Clock clock, GuardStart guard) throws IOException {
        this.keepers = keepers;
        this.programs = programs;
        this.clock = clock;
        this.guard = guard;
        records = new Records(directory);
        turns = new Turns(directory.resolve("turns"));
        Owners owners = new Owners(directory.resolve("owners"));
        owner = owners.register();
        closer = new Closer(keepers, records, turns, programs);
        sweeper = new Sweeper(directory, records, owners, () -> closer, clock);
    }

    /**
     * The brackets of a site, with the programs of this host, and a guard process, which finds the engine by the environment.
     *
     * @param state the site's state directory
     */
    public static Brackets of(Path state, DockerEngine engine, Clock clock) throws IOException {
        Programs programs = OnThisHost.programs(engine, System.getenv());
        return new Brackets(
                below(state),
                OnThisHost.keepers(new DockerContainers(engine), programs),
                programs,
                clock,
                new GuardProcess(state));
    }

    /** As {@link #of}, with parts of the caller's, who also sees to a guard. */
    public static Brackets with(Path state, ContainerEngine engine, Programs programs, Clock clock) throws IOException {
        return new Brackets(below(state), OnThisHost.keepers(engine, programs), programs, clock, () -> {});
    }

    /** Where the brackets of a site lie. */
    static Path below(Path state) {
        return state.resolve("brackets");
    }

    /** What sources do that are still awake, while everything else rests. */
    @FunctionalInterface
    public interface Settling {
        void run() throws IOException, InterruptedException;
    }

    /** As {@link #open(ToRest, Settling)}, where nothing is to be done in between. */
    public Bracket open(ToRest wanted) throws IOException, InterruptedException {
        return open(wanted, () -> {});
    }

    /**
     * Brings to rest what is wanted; returns when all of it rests. What rests already, in whatever state, stays as it is.
     *
     * <p>A restore that was cut off goes on with its bracket, and so does the next restore of the same after one that failed.
     *
     * @param settling done after the commands before and when everything rests but the last; whatever it throws
     *     ends the bracket. It takes nothing from the limit if there is nothing that rests already
     * @throws SourceException HF-Q20 to HF-Q23, HF-Q25, HF-Q28 or HF-Q29; then everything is as it was before
     */
    public Bracket open(ToRest wanted, Settling settling) throws IOException, InterruptedException {
        if (wanted.isOnlyLast()) {
            settling.run();
            return opened(wanted, () -> {});
        }
        return opened(wanted, settling);
    }

    private Bracket opened(ToRest wanted, Settling settling) throws IOException, InterruptedException {
        if (wanted.isNothing()) {
            return Bracket.ofNothing(record(wanted, List.of()), keepers, closer);
        }
        openings.readLock().lock();
        try {
            return resting(wanted, settling);
        } finally {
            openings.readLock().unlock();
        }
    }

    private Bracket resting(ToRest wanted, Settling settling) throws IOException, InterruptedException {
        guard.ensure();
        Optional<BracketRecord> before = records.find(BracketRecord.idOf(wanted));
        Written written = write(wanted);
        BracketRecord record = written.record();
        boolean goesOn = before.filter(it -> it.holdsAnyOf(record.resting())).isPresent();
        var bracket = new Bracket(record, keepers, closer);
        try {
            if (!wanted.purpose().isRestore()) {
                bracket.endsWith(timers.schedule(bracket::expire, wanted.limit().toMillis(), TimeUnit.MILLISECONDS));
            }
            for (List<String> command : wanted.before()) {
                runBefore(wanted, command);
            }
            bracket.rest(written.last(), settling);
            return bracket;
        } catch (IOException | RuntimeException | InterruptedException e) {
            if (!goesOn) {
                giveUp(bracket, e);
            }
            if (Thread.interrupted() || e instanceof InterruptedException) {
                throw new InterruptedException("interrupted while bringing " + wanted.subject() + " to rest");
            }
            throw e;
        }
    }

    private static void giveUp(Bracket bracket, Exception why) {
        try {
            bracket.close();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private void runBefore(ToRest wanted, List<String> command) throws SourceException {
        try {
            programs.run(command, wanted.limit());
        } catch (IOException e) {
            throw new SourceException(
                    "HF-Q23",
                    "The command to run before %s rests failed: %s. Nothing was captured. Run it by hand, and correct it in the plan."
                            .formatted(wanted.subject(), e.getMessage()),
                    e);
        }
    }

    /**
     * What is written down.
     *
     * @param last the keys of what rests last
     */
    private record Written(BracketRecord record, Set<String> last) {}

    /** Looks at everything, and writes down what will be touched before anything is. */
    private Written write(ToRest wanted) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + wanted.limit().toNanos();
        while (true) {
            sweep().forEach(log::warn);
            List<Seen> seen = look(() -> keepers.look(wanted));
            Optional<Turn> turn = turns.take(seen.stream().map(it -> it.thing().key()), wanted.limit());
            if (turn.isPresent()) {
                try (var _ = turn.get()) {
                    Optional<Written> written = written(wanted, seen);
                    if (written.isPresent()) {
                        return written.get();
                    }
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new SourceException(
                        "HF-Q22",
                        "Cannot bring %s to rest: something of it is being captured since more than %d s. Nothing was touched. Try again when that has ended."
                                .formatted(wanted.subject(), wanted.limit().toSeconds()));
            }
            Thread.sleep(PAUSE);
        }
    }

    /** @return empty if something must be stopped that is being read while it is paused */
    private Optional<Written> written(ToRest wanted, List<Seen> seen) throws IOException {
        List<BracketRecord> others = records.all();
        List<Resting> resting = new ArrayList<>();
        for (Seen it : seen) {
            Resting now = look(() -> keepers.lookAgain(it));
            Resting joined = others.stream()
                    .flatMap(other -> other.holdingOf(now))
                    .max(Comparator.comparing(Resting::rest))
                    .orElse(now);
            if (joined.rest() == Rest.PAUSE && it.purpose() != Purpose.CAPTURE_PAUSED) {
                return Optional.empty();
            }
            refusePaused(joined, wanted);
            resting.add(joined);
        }
        String id = BracketRecord.idOf(wanted);
        for (BracketRecord other : others) {
            if (other.id().equals(id)) {
                for (Resting held : other.resting()) {
                    if (resting.stream().noneMatch(held::isSameRun) && look(() -> isAsItWasLeft(held))) {
                        resting.addFirst(held);
                    }
                }
            } else if (other.purpose().isRestore() && wanted.subjects().contains(other.subject())) {
                refuseHalfRestored(resting, other);
            }
        }
        BracketRecord record = record(wanted, resting);
        try {
            records.write(record);
        } catch (IOException e) {
            throw new SourceException(
                    "HF-Q28",
                    "Cannot write down what would rest: %s. Nothing was touched. Look at the disk of the state directory."
                            .formatted(e.getMessage()),
                    e);
        }
        return Optional.of(new Written(
                record,
                seen.stream().filter(Seen::last).map(it -> it.thing().key()).collect(Collectors.toSet())));
    }

    /** Otherwise somebody has taken it over since, and it is no part of the restore any more. */
    private boolean isAsItWasLeft(Resting held) throws IOException {
        return keepers.bringBack(held, false).isEmpty();
    }

    private static void refusePaused(Resting thing, ToRest wanted) throws SourceException {
        if (wanted.purpose().isRestore() && thing instanceof OfContainer container && container.paused()) {
            throw new SourceException(
                    "HF-Q21",
                    "Container %s is paused by somebody, and cannot be stopped and come back as it is. Nothing was touched. Unpause or stop it, then restore again."
                            .formatted(container.name()));
        }
    }

    /** Unless somebody has started everything again, and so taken it over. */
    private static void refuseHalfRestored(List<Resting> resting, BracketRecord restore) throws SourceException {
        if (restore.holdsAnyOf(resting)) {
            throw new SourceException(
                    "HF-Q29",
                    "A restore of %s did not end well, so it may be half restored, and is not captured. Nothing was touched; earlier snapshots are safe. Restore it again, or start its containers to say that it is good."
                            .formatted(restore.subject()));
        }
    }

    private BracketRecord record(ToRest wanted, List<Resting> resting) {
        return BracketRecord.of(wanted, resting, owner.name(), clock.instant());
    }

    private interface Look<T> {
        T look() throws IOException;
    }

    private static <T> T look(Look<T> look) throws IOException {
        try {
            return look.look();
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceException(
                    "HF-Q22",
                    "Cannot look at what is to rest: %s. Nothing was touched. See why, then try again."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /**
     * Closes the brackets that nobody else will, as the guard does.
     *
     * @return what was done, one line each
     */
    public List<String> sweep() throws IOException {
        return sweeper.sweep();
    }

    /** Waits for openings under way: what stops only after its bracket was closed for a dead owner would stay off. */
    @Override
    public void close() throws IOException {
        openings.writeLock().lock();
        try {
            timers.shutdownNow();
            owner.close();
        } finally {
            openings.writeLock().unlock();
        }
    }
}
