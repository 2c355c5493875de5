package io.holdfast.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;
import org.springframework.kafka.config.StreamsBuilderFactoryBeanConfigurer;

class StartedOverTest {

    private final List<String> happened = new ArrayList<>();
    private final StartedOver startedOver = new StartedOver(() -> happened.add("pause"));

    /** Starts after some attempts. */
    private final class Topology extends StreamsBuilderFactoryBean {

        private int refusals;

        private Topology(int refusals) {
            this.refusals = refusals;
        }

        @Override
        public void stop() {
            happened.add("stop");
        }

        @Override
        public void start() {
            happened.add("start");
            if (refusals-- > 0) {
                throw new KafkaException("its directory is still held");
            }
        }
    }

    /** As Boot's for metrics, which is there in every service. */
    static final class AnotherConfigurer implements StreamsBuilderFactoryBeanConfigurer {

        @Override
        public void configure(StreamsBuilderFactoryBean topology) {}
    }

    @Test
    void isTheOneThatTheBinderAsks() {
        try (var context = new AnnotationConfigApplicationContext(StartedOver.class, AnotherConfigurer.class)) {
            assertThat(context.getBeanProvider(StreamsBuilderFactoryBeanConfigurer.class)
                            .getIfUnique())
                    .isInstanceOf(StartedOver.class);
        }
    }

    @Test
    void startsATopologyAgainThatWasGivenUp() {
        startedOver.startOver(new Topology(0));

        assertThat(happened).containsExactly("pause", "stop", "start");
    }

    @Test
    void triesUntilItStarts() {
        startedOver.startOver(new Topology(2));

        assertThat(happened)
                .containsExactly("pause", "stop", "start", "pause", "stop", "start", "pause", "stop", "start");
    }

    @Test
    void startsNothingWhenItsProcessEnds() {
        startedOver.onApplicationEvent(new ContextClosedEvent(new GenericApplicationContext()));

        startedOver.startOver(new Topology(0));

        assertThat(happened).containsExactly("pause");
    }
}
