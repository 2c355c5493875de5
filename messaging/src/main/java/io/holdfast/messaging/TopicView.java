package io.holdfast.messaging;

import io.holdfast.events.Envelope;
import io.holdfast.events.Received;
import io.holdfast.events.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows topics from their beginning and hands every known event to a fold, on one thread and in the order of each
 * partition. What is not of the contract is skipped: it is the monitor that sets such records aside.
 */
public final class TopicView implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicView.class);
    private static final int PHASE = BrokerConnection.PHASE + 100;

    /** Short, for the end of what is there may be passed without a record. */
    private static final Duration CATCHING_UP = Duration.ofMillis(200);

    private static final Duration FOLLOWING = Duration.ofSeconds(5);

    private final Map<String, Object> clientProperties;
    private final List<Topic> topics;
    private final Consumer<Envelope> fold;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private volatile boolean running;
    private volatile @Nullable KafkaConsumer<String, Received> consumer;
    private volatile Thread thread = new Thread();

    TopicView(Map<String, Object> clientProperties, List<Topic> topics, Consumer<Envelope> fold) {
        this.clientProperties = new HashMap<>(clientProperties);
        this.clientProperties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.clientProperties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.clientProperties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        this.topics = topics;
        this.fold = fold;
    }

    /** Waits until everything that was on the topics when the view started has been folded. */
    public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
        return caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform()
                .name("view-of-" + topics.getFirst())
                .daemon()
                .start(this::follow);
    }

    private void follow() {
        while (running) {
            var opened = new KafkaConsumer<>(clientProperties, new StringDeserializer(), new ReceivedSerde.Reader());
            consumer = opened;
            try {
                followWith(opened);
            } catch (WakeupException e) {
                return;
            } catch (KafkaException e) {
                log.warn("The view of {} starts over: {}", topics, e.getMessage());
            } finally {
                opened.close(CloseOptions.timeout(Duration.ofSeconds(1)));
            }
        }
    }

    private void followWith(KafkaConsumer<String, Received> consumer) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (running) {
            for (ConsumerRecord<String, Received> record :
                    consumer.poll(caughtUp.getCount() > 0 ? CATCHING_UP : FOLLOWING)) {
                if (record.value() instanceof Received.Known(Envelope envelope)) {
                    apply(envelope);
                }
            }
            if (caughtUp.getCount() > 0
                    && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                caughtUp.countDown();
            }
        }
    }

    private void apply(Envelope envelope) {
        try {
            fold.accept(envelope);
        } catch (RuntimeException e) {
            log.error(
                    "A view could not take in the event {} ({})",
                    envelope.id(),
                    envelope.event().key(),
                    e);
        }
    }

    @Override
    public void stop() {
        running = false;
        KafkaConsumer<?, ?> following = consumer;
        if (following != null) {
            following.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
