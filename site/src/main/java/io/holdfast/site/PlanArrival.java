package io.holdfast.site;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts after the plan's view and before anything that works by it: what lies in a journal would otherwise be refused
 * after a restart, because its component is not planned yet.
 */
final class PlanArrival implements SmartLifecycle {

    /** Waits until the plan has been read as far as it goes; false if it has not within the limit. */
    @FunctionalInterface
    interface View {
        boolean awaitCaughtUp(Duration limit) throws InterruptedException;
    }

    /** After the views, and before bindings and workers. */
    static final int PHASE = 0;

    private static final Logger log = LoggerFactory.getLogger(PlanArrival.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final View view;
    private volatile boolean running;

    PlanArrival(View view) {
        this.view = view;
    }

    @Override
    public void start() {
        running = true;
        try {
            while (running && !view.awaitCaughtUp(PATIENCE)) {
                log.warn("The plan has not arrived yet; nothing is backed up or restored before it has");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
