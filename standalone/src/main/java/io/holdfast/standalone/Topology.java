package io.holdfast.standalone;

import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** One of the topologies, as it is watched while it starts. */
interface Topology {

    String name();

    /** Empty before it was started. */
    Optional<KafkaStreams.State> state();

    /** Ends what there is of it and starts it anew; what it had begun and not committed is done again. */
    void startAgain();

    /** The one that Spring made under that name. */
    static Topology of(String name, StreamsBuilderFactoryBean bean) {
        return new Topology() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<KafkaStreams.State> state() {
                return Optional.ofNullable(bean.getKafkaStreams()).map(KafkaStreams::state);
            }

            @Override
            public void startAgain() {
                bean.stop();
                bean.start();
            }
        };
    }
}
