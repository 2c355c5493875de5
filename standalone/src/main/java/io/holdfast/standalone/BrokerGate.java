package io.holdfast.standalone;

import org.springframework.context.SmartLifecycle;

/** Holds everything that talks to the broker back until it runs. */
final class BrokerGate implements SmartLifecycle {

    private final EmbeddedParts embedded;
    private volatile boolean running;

    BrokerGate(EmbeddedParts embedded) {
        this.embedded = embedded;
    }

    @Override
    public void start() {
        embedded.awaitBroker();
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
