package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.embedded.broker.BrokerSettings;
import io.holdfast.embedded.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker; one that hangs cannot be made at will (docs/decisions/0034). */
class HangingTransactionsIT {

    private static final TopicPartition READ = new TopicPartition("read", 0);

    @TempDir
    private Path directory;

    @Test
    void leavesAloneWhatABrokerHoldsOpenOrHasEnded() throws Exception {
        try (var broker = new EmbeddedBroker(BrokerSettings.in(directory))) {
            broker.start();
            try (Admin admin = Admin.create(
                            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
                    KafkaConsumer<byte[], byte[]> consumer = consumer(broker);
                    KafkaProducer<byte[], byte[]> producer = producer(broker)) {
                admin.createTopics(List.of(new NewTopic(READ.topic(), 1, (short) 1)))
                        .all()
                        .get();
                var transactions =
                        new HangingTransactions(admin, () -> Instant.now().plusSeconds(3600));
                producer.initTransactions();
                producer.beginTransaction();
                producer.sendOffsetsToTransaction(Map.of(READ, new OffsetAndMetadata(7)), consumer.groupMetadata());

                assertThat(transactions.abort()).isEmpty();

                producer.commitTransaction();
                assertThat(transactions.abort()).isEmpty();
                // A commit returns before the group knows of it.
                await().untilAsserted(() -> assertThat(admin.listConsumerGroupOffsets("group")
                                .partitionsToOffsetAndMetadata()
                                .get())
                        .containsEntry(READ, new OffsetAndMetadata(7)));
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedBroker broker) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "group"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "test"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
