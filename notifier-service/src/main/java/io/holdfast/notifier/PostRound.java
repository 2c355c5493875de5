package io.holdfast.notifier;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The thread that sends the postman round: when there is news, and otherwise every second for what waits. It is a
 * virtual one, since interrupting such a thread ends its call to a mail server that does not answer.
 */
final class PostRound implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PostRound.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration UNTIL_HANDED_IN = Duration.ofSeconds(1);
    private static final Duration TIDY_EVERY = Duration.ofHours(1);

    private final Postman postman;
    private final Outbox outbox;
    private final Clock clock;
    private final Duration rememberFor;
    private final PlanIsRead planIsRead;
    private final Semaphore news = new Semaphore(0);
    private Instant tidied = Instant.MIN;
    private volatile boolean running;
    private volatile Thread thread = new Thread();

    /** Before a plan was read it is not known whether there is a mail server. */
    @FunctionalInterface
    interface PlanIsRead {
        boolean within(Duration limit) throws InterruptedException;
    }

    PostRound(Postman postman, Outbox outbox, Clock clock, Duration rememberFor, PlanIsRead planIsRead) {
        this.postman = postman;
        this.outbox = outbox;
        this.clock = clock;
        this.rememberFor = rememberFor;
        this.planIsRead = planIsRead;
    }

    /** There is something new to send. */
    void news() {
        news.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("postman").start(this::work);
    }

    private void work() {
        while (running) {
            try {
                if (!planIsRead.within(PAUSE)) {
                    continue;
                }
                postman.round();
                tidy(clock.instant());
                if (news.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                log.error("A round of mail broke off; what waits is sent in the next", e);
            }
        }
    }

    private void tidy(Instant now) {
        if (tidied.isBefore(now.minus(TIDY_EVERY))) {
            outbox.forget(now.minus(rememberFor));
            tidied = now;
        }
    }

    @Override
    public void stop() {
        running = false;
        news();
        try {
            if (!thread.join(UNTIL_HANDED_IN)) {
                thread.interrupt();
                thread.join(UNTIL_HANDED_IN);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
