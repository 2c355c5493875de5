package io.holdfast.uploader;

import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.site.SitePlan;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * One thread per stack and region, so that a dead region delays only itself. Each compares at the start, when it is
 * woken, and at a steady pace; after a failure it tries again soon.
 */
final class Regions implements SmartLifecycle {

    /** One copy that is to be kept up to date. */
    record Copy(String stack, String region) {}

    /** Brings one copy up to date. */
    @FunctionalInterface
    interface Work {
        /** Runs once; true if the copy is complete now, false if it is to be tried again soon. */
        boolean run(Copy copy) throws InterruptedException;
    }

    private static final Logger log = LoggerFactory.getLogger(Regions.class);
    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(3);

    private final SitePlan plan;
    private final Work work;
    private final UploadSettings settings;
    private final Map<Copy, Loop> loops = new ConcurrentHashMap<>();
    private volatile boolean running;

    Regions(SitePlan plan, Work work, UploadSettings settings) {
        this.plan = plan;
        this.work = work;
        this.settings = settings;
        plan.onPublished(this::followPlan);
    }

    /** The stack has a new snapshot. */
    void wake(String stack) {
        loops.forEach((copy, loop) -> {
            if (copy.stack().equals(stack)) {
                loop.wake();
            }
        });
    }

    private synchronized void followPlan() {
        if (!running) {
            return;
        }
        for (String stack : plan.stacks()) {
            for (RegionPlanned region : plan.regionsOf(stack)) {
                loops.compute(new Copy(stack, region.region()), this::startedOrWoken);
            }
        }
    }

    private Loop startedOrWoken(Copy copy, @Nullable Loop loop) {
        if (loop == null) {
            return new Loop(copy);
        }
        loop.wake();
        return loop;
    }

    @Override
    public void start() {
        running = true;
        followPlan();
    }

    @Override
    public void stop() {
        running = false;
        loops.values().forEach(Loop::end);
        long until = System.nanoTime() + UNTIL_STOPPED.toNanos();
        loops.values().forEach(loop -> loop.awaitEnd(until));
        loops.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Keeps one copy up to date until the service stops. */
    private final class Loop {

        private final Copy copy;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition woken = lock.newCondition();
        private final Thread thread;
        private boolean pending = true;
        private volatile boolean ended;

        Loop(Copy copy) {
            this.copy = copy;
            this.thread = Thread.ofPlatform()
                    .name("upload-" + copy.stack() + "-" + copy.region())
                    .daemon()
                    .start(this::run);
        }

        private void run() {
            Duration pause = Duration.ZERO;
            while (!ended) {
                try {
                    awaitTurn(pause);
                    pause = work.run(copy) ? settings.compareEvery() : settings.retryAfter();
                } catch (InterruptedException e) {
                    pause = settings.retryAfter();
                } catch (RuntimeException | Error e) {
                    log.error(
                            "Region {} failed with {} in a way that was not foreseen; it is tried again in {} seconds",
                            copy.region(),
                            copy.stack(),
                            settings.retryAfter().toSeconds(),
                            e);
                    pause = settings.retryAfter();
                }
            }
        }

        private void awaitTurn(Duration pause) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long nanos = pause.toNanos();
                while (!pending && nanos > 0) {
                    nanos = woken.awaitNanos(nanos);
                }
                pending = false;
            } finally {
                lock.unlock();
            }
        }

        void wake() {
            lock.lock();
            try {
                pending = true;
                woken.signal();
            } finally {
                lock.unlock();
            }
        }

        void end() {
            ended = true;
            thread.interrupt();
        }

        void awaitEnd(long until) {
            try {
                thread.join(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
