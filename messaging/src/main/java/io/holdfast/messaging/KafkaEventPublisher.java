package io.holdfast.messaging;

import io.holdfast.events.Envelope;
import io.holdfast.events.Received;
import io.holdfast.events.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes through one idempotent producer and waits for all replicas. */
final class KafkaEventPublisher implements EventPublisher, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Producer<String, Received> producer;

    KafkaEventPublisher(Map<String, Object> clientProperties) {
        this(new KafkaProducer<>(properties(clientProperties), new StringSerializer(), new ReceivedSerde.Writer()));
    }

    KafkaEventPublisher(Producer<String, Received> producer) {
        this.producer = producer;
    }

    private static Map<String, Object> properties(Map<String, Object> clientProperties) {
        var properties = new java.util.HashMap<>(clientProperties);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * 1024 * 1024);
        return properties;
    }

    @Override
    public void publish(Topic topic, Envelope envelope) {
        send(new ProducerRecord<>(topic.name(), envelope.event().key(), new Received.Known(envelope)));
    }

    void send(ProducerRecord<String, Received> record) {
        try {
            Future<?> sent = producer.send(record);
            sent.get(PATIENCE.plusSeconds(5).toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailable("Interrupted while publishing to %s.".formatted(record.topic()), e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            if (e instanceof RecordTooLargeException || e.getCause() instanceof RecordTooLargeException) {
                throw new IllegalArgumentException(
                        "HF-M03 Cannot publish to topic %s: the broker takes no record as large as that of %s: %s. Nothing was published, and trying again alone changes nothing. Let the broker take records of 1 MiB (message.max.bytes, max.message.bytes); if it does, this is a defect: please report it."
                                .formatted(record.topic(), record.key(), reason(e)),
                        e);
            }
            throw new BrokerUnavailable(
                    "HF-M02 Cannot publish to topic %s: %s. Nothing is lost; it is published once the broker answers."
                            .formatted(record.topic(), reason(e)),
                    e);
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(3));
    }
}
