package io.holdfast.cli.platform;

import io.holdfast.embedded.broker.BrokerSettings;
import io.holdfast.embedded.broker.EmbeddedBroker;
import io.holdfast.events.Envelope;
import io.holdfast.events.EventCodec;
import io.holdfast.events.Topic;
import io.holdfast.events.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real broker in this process, and a producer for it. */
final class TestBroker implements AutoCloseable {

    private final EmbeddedBroker broker;
    private final KafkaProducer<String, byte[]> producer;

    TestBroker(Path directory) {
        broker = new EmbeddedBroker(BrokerSettings.in(directory));
        broker.start();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address()), new StringSerializer(), new ByteArraySerializer());
    }

    String address() {
        return broker.bootstrapServers();
    }

    void create(Topic topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            admin.createTopics(List.of(new NewTopic(topic.name(), topic.partitions(), (short) 1)))
                    .all()
                    .get();
        }
    }

    void publish(Envelope envelope) throws Exception {
        var message = new ProducerRecord<>(
                Topics.of(envelope.event()).name(), envelope.event().key(), EventCodec.data(envelope));
        EventCodec.headers(envelope)
                .forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(message).get();
    }

    void publish(Topic topic, String key, String raw) throws Exception {
        producer.send(new ProducerRecord<>(topic.name(), key, raw.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
    }
}
