package io.holdfast.site;

import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.vault.feedback.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Works a journal off: what lies open in it is carried out, also after a restart, until the outcome has been announced.
 * An entry is never carried out twice at once.
 */
public final class JournalWorker implements SmartLifecycle {

    /** Carries one entry out. */
    @FunctionalInterface
    public interface Task {
        /**
         * Returns when the outcome, good or bad, has been announced. Must be repeatable: after a crash it is called
         * again with the same entry.
         *
         * @throws IOException if it should be tried again later
         * @throws InUse if it cannot begin yet: others go first
         */
        void carryOut(Journal.Entry entry) throws IOException, InterruptedException, InUse;
    }

    /** How far an open entry is. */
    public enum Stage {
        QUEUED,
        RUNNING
    }

    private static final Logger log = LoggerFactory.getLogger(JournalWorker.class);
    private static final String TRIED_AGAIN = "{} is tried again in {} seconds: {}";
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Duration pause;
    private final Journal journal;
    private final Task task;
    private final ScheduledExecutorService threads;
    private final Map<String, Stage> stages = new ConcurrentHashMap<>();
    private volatile boolean running;

    /**
     * Creates a worker; as a bean it starts and stops with its service.
     *
     * @param parallel how many entries are carried out at once
     */
    public JournalWorker(String name, Journal journal, Task task, int parallel) {
        this(name, journal, task, parallel, PAUSE);
    }

    /**
     * Creates a worker with a pace of its own.
     *
     * @param pause how long an entry that failed, or could not begin, waits before it is tried again
     */
    JournalWorker(String name, Journal journal, Task task, int parallel, Duration pause) {
        this.pause = pause;
        this.journal = journal;
        this.task = task;
        this.threads = Executors.newScheduledThreadPool(
                parallel, Thread.ofPlatform().name(name + "-", 1).daemon().factory());
    }

    /**
     * Puts an entry that lies in the journal in line; one that is in line already stays where it is. Before the start
     * this does nothing: the start finds the entry in the journal.
     */
    public synchronized void submit(String id) {
        if (running && stages.putIfAbsent(id, Stage.QUEUED) == null) {
            threads.execute(() -> work(id));
        }
    }

    /** What is in line or under way, by id. */
    public Map<String, Stage> stages() {
        return Map.copyOf(stages);
    }

    private void work(String id) {
        try {
            Optional<Journal.Entry> entry = journal.find(id);
            if (entry.isPresent()) {
                stages.put(id, Stage.RUNNING);
                task.carryOut(entry.get());
                journal.finish(entry.get());
            }
            leave(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            again(id);
        } catch (InUse e) {
            log.debug("{} waits for {}", id, e.getMessage());
            again(id);
        } catch (IOException e) {
            log.warn(TRIED_AGAIN, id, pause.toSeconds(), Problem.reason(e));
            again(id);
        } catch (BrokerUnavailable e) {
            log.warn(TRIED_AGAIN, id, pause.toSeconds(), e.getMessage());
            again(id);
        } catch (RuntimeException | Error e) {
            log.error(
                    "{} failed in a way that was not foreseen; it is tried again in {} seconds",
                    id,
                    pause.toSeconds(),
                    e);
            again(id);
        }
    }

    /** Steps out of line, unless a newer attempt of the same request has come into the journal meanwhile. */
    private synchronized void leave(String id) throws IOException {
        if (journal.find(id).isPresent()) {
            stages.put(id, Stage.QUEUED);
            threads.execute(() -> work(id));
        } else {
            stages.remove(id);
        }
    }

    private void again(String id) {
        stages.put(id, Stage.QUEUED);
        if (running) {
            var _ = threads.schedule(() -> work(id), pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void start() {
        running = true;
        try {
            journal.entries().forEach(entry -> submit(entry.id()));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Interrupts what is under way; it lies in the journal and goes on after the next start. */
    @Override
    public void stop() {
        running = false;
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("Work that is under way does not end; it is repeated after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
