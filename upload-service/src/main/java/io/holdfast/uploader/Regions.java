package io.holdfast.uploader;

import io.holdfast.events.PlanRecord.RegionPlanned;
import io.holdfast.site.SitePlan;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.SmartLifecycle;

/**
 * One thread per stack and region, so that a dead region delays only itself. Each compares at the start, when it is
 * woken, and at a steady pace; after a failure it tries again soon.
 */
final class Regions implements SmartLifecycle {

    /** One copy that is to be kept up to date. */
    record Copy(String stack, String region) {}

    private final SitePlan plan;
    private final BringUpToDate bringUpToDate;
    private final UploadSettings settings;
    private final Map<Copy, Loop> loops = new ConcurrentHashMap<>();
    private volatile boolean running;

    Regions(SitePlan plan, BringUpToDate bringUpToDate, UploadSettings settings) {
        this.plan = plan;
        this.bringUpToDate = bringUpToDate;
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
                loops.computeIfAbsent(new Copy(stack, region.region()), Loop::new)
                        .wake();
            }
        }
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
        loops.values().forEach(Loop::awaitEnd);
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

        Loop(Copy copy) {
            this.copy = copy;
            this.thread = Thread.ofPlatform()
                    .name("upload-" + copy.stack() + "-" + copy.region())
                    .daemon()
                    .start(this::run);
        }

        private void run() {
            try {
                Duration pause = Duration.ZERO;
                while (running) {
                    awaitTurn(pause);
                    pause = bringUpToDate.run(copy) ? settings.compareEvery() : settings.retryAfter();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
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
            thread.interrupt();
        }

        void awaitEnd() {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
