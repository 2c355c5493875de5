package io.holdfast.messaging;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.AlertEvent.AlertCleared;
import io.holdfast.events.Envelope;
import io.holdfast.events.Received;
import io.holdfast.events.Topics;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

class KafkaEventPublisherTest {

    private static final Instant AT = Instant.parse("2026-11-21T02:00:00Z");
    private static final Envelope EVENT =
            new Envelope("id-1", "/test", AT, "id-1", new AlertCleared("subject", "well", AT));

    @Test
    void tellsOfARecordThatIsTooLargeThatNoLaterTryHelps() {
        assertThatThrownBy(() -> publish(new RecordTooLargeException("the message is 1100361 bytes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HF-M03 Cannot publish to topic holdfast.alerts")
                .hasMessageContaining("subject: the message is 1100361 bytes");
    }

    @Test
    void tellsOfABrokerThatCannotTakeItNow() {
        assertThatThrownBy(() -> publish(new NotLeaderOrFollowerException("no leader")))
                .isInstanceOf(BrokerUnavailable.class)
                .hasMessage(
                        "HF-M02 Cannot publish to topic holdfast.alerts: no leader. Nothing is lost; it is published once the broker answers.");
    }

    private static void publish(ApiException refusal) {
        try (var publisher = new KafkaEventPublisher(new Refusing(refusal))) {
            publisher.publish(Topics.ALERTS, EVENT);
        }
    }

    /** Refuses as Kafka's producer does: by what it returns. */
    private static final class Refusing extends MockProducer<String, Received> {

        private final ApiException refusal;

        Refusing(ApiException refusal) {
            this.refusal = refusal;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, Received> record) {
            return CompletableFuture.failedFuture(refusal);
        }
    }
}
