package io.holdfast.standalone;

import io.holdfast.events.Event;
import io.holdfast.events.EventCodec;
import io.holdfast.events.Received;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What an outsider with Kafka's own tools can do: write records by hand and read whole topics. */
record TestTopics(String brokers) {

    void publish(String topic, String key, byte[] value, Map<String, String> headers) throws Exception {
        publish(List.of(message(topic, key, value, headers)));
    }

    void publish(List<ProducerRecord<String, byte[]>> messages) throws Exception {
        publish(messages, Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers));
    }

    /** Records that only fit through the broker's limit as they are sent. */
    void publishCompressed(List<ProducerRecord<String, byte[]>> messages) throws Exception {
        publish(
                messages,
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "gzip",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        8 * 1024 * 1024));
    }

    private static void publish(List<ProducerRecord<String, byte[]>> messages, Map<String, Object> settings)
            throws Exception {
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            var sent = new ArrayList<Future<?>>();
            messages.forEach(message -> sent.add(producer.send(message)));
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    static ProducerRecord<String, byte[]> tombstone(String topic, String key) {
        return new ProducerRecord<>(topic, key, null);
    }

    static ProducerRecord<String, byte[]> message(String topic, String key, byte[] value, Map<String, String> headers) {
        var message = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return message;
    }

    /** Every committed record of the topic as it stands now. */
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** The events of one kind on the topic. */
    <E extends Event> List<E> events(String topic, Class<E> type) {
        return records(topic).stream()
                .map(TestTopics::read)
                .filter(Received.Known.class::isInstance)
                .map(Received.Known.class::cast)
                .map(known -> known.envelope().event())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    static String header(ConsumerRecord<String, byte[]> message, String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static Received read(ConsumerRecord<String, byte[]> message) {
        var headers = new HashMap<String, byte[]>();
        message.headers().forEach(header -> headers.put(header.key(), header.value()));
        return EventCodec.read(headers, message.value());
    }
}
