package io.holdfast.sources.quiesce;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.quiesce.Brackets.Settling;
import io.holdfast.sources.quiesce.Closer.Closing;
import io.holdfast.sources.quiesce.Resting.Rest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What rests now. Closing it brings everything back, in the reverse order, also on a thread that is interrupted; closing it
 * again does nothing. One that is for a restore and not closed stays, also after this process.
 */
public final class Bracket implements Closeable {

    private enum State {
        OPEN,
        /** Its time was over, and everything was brought back; its user does not know yet. */
        EXPIRED,
        CLOSED
    }

    private final BracketRecord record;
    private final Keepers keepers;
    private final Closer closer;
    private State state = State.OPEN;
    private @Nullable Future<?> timer;
    private volatile long since;
    private volatile long until;

    Bracket(BracketRecord record, Keepers keepers, Closer closer) {
        this.record = record;
        this.keepers = keepers;
        this.closer = closer;
    }

    /** One in which nothing rests. */
    static Bracket ofNothing(BracketRecord record, Keepers keepers, Closer closer) {
        var bracket = new Bracket(record, keepers, closer);
        bracket.state = State.CLOSED;
        return bracket;
    }

    synchronized void endsWith(Future<?> timer) {
        this.timer = timer;
    }

    /**
     * Brings everything to rest that has been written down.
     *
     * @param last keys of what rests last
     * @param settling done before that
     */
    void rest(Set<String> last, Settling settling) throws IOException, InterruptedException {
        boolean broken;
        try {
            rest(thing -> !last.contains(thing.key()));
            settling.run();
            rest(thing -> last.contains(thing.key()));
        } finally {
            broken = Undisturbed.run(() -> closer.closeIfBroken(record));
        }
        if (broken) {
            throw tooLong();
        }
    }

    private void rest(Predicate<Resting> which) throws IOException {
        for (Resting thing : record.resting()) {
            if (which.test(thing)) {
                rest(thing);
            }
        }
    }

    /** To its end, also on a thread that is interrupted: what stops only after everything was brought back would stay off. */
    private void rest(Resting thing) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        if (since == 0 && thing.rest() != Rest.NONE) {
            since = System.nanoTime();
        }
        try {
            Undisturbed.run(() -> {
                keepers.rest(thing);
                return thing;
            });
        } catch (IOException e) {
            throw new SourceException(
                    "HF-Q22",
                    "Cannot bring %s to rest: %s. Nothing was captured or restored. See why, then try again."
                            .formatted(thing.title(), e.getMessage()),
                    e);
        }
    }

    /**
     * How long something rested, from the first that was asked to until all went on again. Empty if nothing was brought to
     * rest, or it has not gone on by this.
     */
    public Optional<Duration> rested() {
        return since == 0 || until == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(until - since));
    }

    /**
     * Brings everything back.
     *
     * @throws SourceException HF-Q24 if something could not be brought back, which the guard goes on trying; HF-Q25 if it
     *     had been brought back before, since it took too long; HF-Q26 if something did not stay at rest; HF-Q27 if the hook
     *     failed. Whatever was read or written meanwhile is not to be relied on
     */
    @Override
    public void close() throws IOException {
        if (begunToClose()) {
            report(bringBack());
        }
    }

    /** As {@link #close}, before all of it rested: that something did not stay at rest is no news then. */
    void giveUp() throws IOException {
        if (begunToClose()) {
            report(bringBack().undisturbed());
        }
    }

    private synchronized boolean begunToClose() throws SourceException {
        State before = state;
        state = State.CLOSED;
        if (before == State.EXPIRED) {
            throw tooLong();
        }
        if (timer != null) {
            timer.cancel(false);
        }
        return before == State.OPEN;
    }

    /** Brings everything back because the time is over. */
    synchronized void expire() {
        if (state == State.OPEN) {
            state = State.EXPIRED;
            try {
                bringBack();
            } catch (IOException _) {
                // The guard goes on with it.
            }
        }
    }

    private Closing bringBack() throws IOException {
        Closing closing = Undisturbed.run(() -> closer.close(record));
        until = closing.at();
        return closing;
    }

    private void report(Closing closing) throws SourceException {
        if (!closing.wasOpen()) {
            throw tooLong();
        }
        if (!closing.failures().isEmpty()) {
            throw new SourceException(
                    "HF-Q24",
                    "Not everything could be brought back: %s. The guard goes on trying. See why, or bring it back by hand."
                            .formatted(String.join("; ", closing.failures())));
        }
        if (!closing.disturbances().isEmpty()) {
            throw new SourceException(
                    "HF-Q26",
                    "Not everything stayed at rest: %s. See who else switches it, then try again."
                            .formatted(String.join("; ", closing.disturbances())));
        }
        if (closing.hookFailure() != null) {
            throw new SourceException(
                    "HF-Q27",
                    "Everything is back, but the command to run afterwards failed: %s. Run it by hand, and correct it in the plan."
                            .formatted(closing.hookFailure()));
        }
    }

    private SourceException tooLong() {
        return new SourceException(
                "HF-Q25",
                "It rested for longer than the plan allows, so everything was brought back before the end. Allow more time (quiesce: limit), or find out what takes so long.");
    }
}
