package io.holdfast.standalone;

import org.springframework.context.SmartLifecycle;

/** Holds all services back until every part runs: one that cannot start ends the start before they have begun any work. */
final class EmbeddedGate implements SmartLifecycle {

    private final EmbeddedParts embedded;
    private volatile boolean running;

    EmbeddedGate(EmbeddedParts embedded) {
        this.embedded = embedded;
    }

    @Override
    public void start() {
        embedded.awaitAll();
        running = true;
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
        return Integer.MIN_VALUE;
    }
}
