package io.holdfast.messaging;

import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.config.StreamsBuilderFactoryBeanConfigurer;

/**
 * A topology whose surroundings fail starts over, instead of ending while its process lives on. Most failures end a thread
 * of it, which is replaced. After some, of which a bare {@link IllegalStateException} is one, Kafka Streams gives up the whole
 * topology, whatever its handler says. That one is started again here, until it starts or its process ends.
 *
 * <p>The binder asks for the only configurer, and passes over all where there are two: Boot has one for metrics.
 */
@Primary
final class StartedOver implements StreamsBuilderFactoryBeanConfigurer, ApplicationListener<ContextClosedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(StartedOver.class);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Runnable pause;
    private final Object lock = new Object();
    private boolean closed;

    StartedOver() {
        this(StartedOver::pause);
    }

    /** @param pause waits for a moment before each attempt */
    StartedOver(Runnable pause) {
        this.pause = pause;
    }

    @Override
    public void configure(StreamsBuilderFactoryBean topology) {
        // The binder sets a handler of its own between this and the start, which ends the topology.
        topology.setKafkaStreamsCustomizer(
                streams -> streams.setUncaughtExceptionHandler(_ -> StreamThreadExceptionResponse.REPLACE_THREAD));
        topology.setStateListener((now, _) -> {
            if (now == State.ERROR) {
                // Not by the thread that ends: a topology waits for its own threads when it is closed.
                Thread.ofVirtual().name("start-over").start(() -> startOver(topology));
            }
        });
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        synchronized (lock) {
            closed = true;
        }
    }

    void startOver(StreamsBuilderFactoryBean topology) {
        do {
            pause.run();
        } while (!isStartedOrClosed(topology));
    }

    private boolean isStartedOrClosed(StreamsBuilderFactoryBean topology) {
        synchronized (lock) {
            if (closed) {
                return true;
            }
            try {
                LOG.warn("A topology was given up by Kafka Streams, as the log says above; it is started again");
                topology.stop();
                topology.start();
                return true;
            } catch (RuntimeException e) {
                LOG.warn("The topology cannot be started again yet", e);
                return false;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
