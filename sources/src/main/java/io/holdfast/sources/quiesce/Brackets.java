package io.holdfast.sources.quiesce;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.quiesce.Claims.Claim;
import io.holdfast.sources.quiesce.Owners.Owner;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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

    private final Keepers keepers;
    private final Programs programs;
    private final GuardStart guard;
    private final Records records;
    private final Sweeper sweeper;
    private final Owner owner;
    private final ReadWriteLock openings = new ReentrantReadWriteLock();
    private final Closer closer;
    private final Claims claims;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bracket-limit").daemon().factory());

    Brackets(Path directory, Keepers keepers, Programs programs, Clock clock, GuardStart guard) throws IOException {
        this.keepers = keepers;
        this.programs = programs;
        this.guard = guard;
        records = new Records(directory);
        Turns turns = new Turns(directory.resolve("turns"));
        Owners owners = new Owners(directory.resolve("owners"));
        owner = owners.register();
        closer = new Closer(keepers, records, turns, programs);
        sweeper = new Sweeper(directory, records, owners, () -> closer, clock);
        claims = new Claims(keepers, records, turns, sweeper, owner, clock);
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
                OnThisHost.keepers(new DockerContainers(engine, Freezer.ofThisHost()), programs),
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
            return Bracket.ofNothing(claims.record(wanted, List.of()), keepers, closer);
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
        Claim claim = claims.claim(wanted);
        BracketRecord record = claim.record();
        boolean goesOn = before.filter(it -> it.holdsAnyOf(record.resting())).isPresent();
        var bracket = new Bracket(record, keepers, closer);
        try {
            if (!wanted.purpose().isRestore()) {
                bracket.endsWith(timers.schedule(bracket::expire, wanted.limit().toMillis(), TimeUnit.MILLISECONDS));
            }
            for (Hook hook : wanted.before()) {
                runBefore(wanted, hook);
            }
            bracket.rest(claim.last(), settling);
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
            bracket.giveUp();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private void runBefore(ToRest wanted, Hook hook) throws SourceException {
        try {
            programs.run(hook.argv(), wanted.limit());
        } catch (IOException e) {
            if (hook.mayFail()) {
                log.warn(
                        "The command to run before {} rests failed, and it is captured even so, as the plan says: {}",
                        wanted.subject(),
                        e.getMessage());
                return;
            }
            throw new SourceException(
                    "HF-Q23",
                    "The command to run before %s rests failed: %s. Nothing was captured. Run it by hand, and correct it in the plan."
                            .formatted(wanted.subject(), e.getMessage()),
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
