package io.holdfast.messaging;

import io.holdfast.events.Event;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Says at a steady pace what is alive. A beat that the broker does not take is dropped; the next one follows soon. */
public final class Pulse implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Pulse.class);

    private final Announcer announcer;
    private final Duration every;
    private final Supplier<? extends Collection<? extends Event>> beat;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("pulse-", 1).daemon().factory());
    private volatile boolean running;

    /**
     * Creates a pulse; as a bean it starts and stops with its service.
     *
     * @param beat what to announce each time; each event is its own correlation
     */
    public Pulse(Announcer announcer, Duration every, Supplier<? extends Collection<? extends Event>> beat) {
        this.announcer = announcer;
        this.every = every;
        this.beat = beat;
    }

    @Override
    public void start() {
        running = true;
        var _ = timer.scheduleWithFixedDelay(this::beat, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            beat.get().forEach(event -> announcer.announce(event, event.key()));
        } catch (RuntimeException e) {
            log.debug("A beat was dropped", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
