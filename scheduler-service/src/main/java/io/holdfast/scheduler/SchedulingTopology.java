package io.holdfast.scheduler;

import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import io.holdfast.messaging.ReceivedSerde;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Plan, outcomes, catalogue, progress and requests in; requests and recovery points out. */
final class SchedulingTopology {

    /** An agenda at its limits is larger than Kafka's default for a record. */
    static final int LARGEST_AGENDA = 8 * 1024 * 1024;

    private SchedulingTopology() {}

    static void build(KStream<String, Received> input, SchedulerSettings settings, RequestTopics topics) {
        input.process(ToDeadLetters::new, Named.as("no-requests"))
                .to(
                        Topics.DEAD_LETTERS.name(),
                        Produced.with(Serdes.String(), new ReceivedSerde()).withName("set-aside"));
        input.process(ByStack::new, Named.as("by-stack"))
                .repartition(Repartitioned.<String, Received>as("scheduler-by-stack")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(new ReceivedSerde())
                        .withNumberOfPartitions(Topics.PARTITIONS))
                .process(new Keepers(settings, topics), Named.as("keep-agendas"))
                .to(
                        new ByDestination(),
                        Produced.with(Serdes.String(), Outgoing.serde()).withName("announce"));
    }

    /** A record, so that the topology's description is always the same. */
    private record ByDestination() implements TopicNameExtractor<String, Outgoing> {

        @Override
        public String extract(String key, Outgoing outgoing, RecordContext context) {
            return outgoing.topic().name();
        }
    }

    private record Keepers(SchedulerSettings settings, RequestTopics topics)
            implements ProcessorSupplier<String, Received, String, Outgoing> {

        @Override
        public Processor<String, Received, String, Outgoing> get() {
            return new AgendaKeeper(settings, topics);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(AgendaKeeper.STORE), Serdes.String(), new AgendaSerde())
                    .withLoggingEnabled(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(LARGEST_AGENDA))));
        }
    }
}
