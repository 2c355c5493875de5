package io.holdfast.messaging;

import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts before anything that reads or writes topics: waits for the broker, for as long as it takes, and sees to the
 * topics. A broker that is away delays the start; it never ends it.
 */
final class BrokerConnection implements SmartLifecycle {

    /** Before every view, binding and topology. */
    static final int PHASE = -1000;

    private static final Logger log = LoggerFactory.getLogger(BrokerConnection.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final TopicAdministrator topics;
    private final List<Topic> required;
    private volatile boolean running;

    BrokerConnection(TopicAdministrator topics, List<Topic> ofSites) {
        this.topics = topics;
        this.required = new ArrayList<>(Topics.central());
        this.required.addAll(ofSites);
    }

    /**
     * Waits. With the exception the interrupt has done its work: what the context then closes must be free to wait.
     *
     * @throws BrokerUnavailable if the process is told to end before the broker answers
     */
    @Override
    public void start() {
        running = true;
        // The context's own hook would wait for this start to end.
        var hook = new Thread(Thread.currentThread()::interrupt, "stop-waiting-for-broker");
        Runtime.getRuntime().addShutdownHook(hook);
        while (running && !ensured()) {
            pause();
        }
        removeUnlessEnding(hook);
    }

    private boolean ensured() {
        try {
            topics.ensure(required);
            return true;
        } catch (BrokerUnavailable e) {
            if (Thread.interrupted()) {
                throw e;
            }
            log.warn("{} Trying again every {} seconds.", e.getMessage(), PAUSE.toSeconds());
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            throw new BrokerUnavailable("Told to end while waiting for the broker.", e);
        }
    }

    private static void removeUnlessEnding(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            log.debug("The process ends");
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
