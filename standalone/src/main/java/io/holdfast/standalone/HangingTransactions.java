package io.holdfast.standalone;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of which the broker thinks that they are over, though it has not ended them in the partitions that they wrote to:
 * whoever asks for offsets or records there waits for good, in this process and in each one after it. A broker that is killed
 * while it ends a transaction leaves one behind now and then. Aborting it lets the topology read once more what it has
 * answered to, with the same outcome, since ids of events follow from what they are about.
 */
final class HangingTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);

    /** Much longer than a transaction of a topology may take, after which the broker aborts it by itself. */
    private static final Duration OLD = Duration.ofSeconds(30);

    /** Longer than the broker leaves a transaction of a killed process open. */
    private static final Duration WAITED_FOR = Duration.ofSeconds(40);

    private static final Set<TransactionState> OPEN =
            Set.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);

    private final Admin admin;
    private final InstantSource clock;

    HangingTransactions(Admin admin, InstantSource clock) {
        this.admin = admin;
        this.clock = clock;
    }

    /** Looks once, in the background, when the broker has had the time to end by itself what a killed process left open. */
    static Thread watch(String brokers) {
        return Thread.ofVirtual().name("hanging-transactions").start(() -> {
            try {
                Thread.sleep(WAITED_FOR);
                abort(brokers);
            } catch (InterruptedException _) {
                // The platform stops.
            }
        });
    }

    private static void abort(String brokers) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
            new HangingTransactions(admin, InstantSource.system()).abort();
        } catch (ExecutionException | KafkaException e) {
            LOG.warn(
                    "Cannot look for transactions that the broker left open when it was killed: {}. If something waits for one, start again.",
                    e.toString());
        }
    }

    /** Aborts all that there are, and gives the partitions in which there was one. */
    List<TopicPartition> abort() throws ExecutionException, InterruptedException {
        // In this order: what ends in between has ended in its partitions too.
        Set<Long> open = open();
        List<TopicPartition> aborted = new ArrayList<>();
        for (Map.Entry<TopicPartition, List<ProducerState>> partition :
                unfinished().entrySet()) {
            for (ProducerState producer : partition.getValue()) {
                if (!open.contains(producer.producerId())) {
                    abort(partition.getKey(), producer);
                    aborted.add(partition.getKey());
                }
            }
        }
        return aborted;
    }

    private void abort(TopicPartition partition, ProducerState producer)
            throws ExecutionException, InterruptedException {
        admin.abortTransaction(new AbortTransactionSpec(
                        partition,
                        producer.producerId(),
                        (short) producer.producerEpoch(),
                        producer.coordinatorEpoch().orElse(0)))
                .all()
                .get();
        LOG.warn(
                "The broker had left a transaction of producer {} open in {} when it was killed; it is aborted, and what was read for it is read once more",
                producer.producerId(),
                partition);
    }

    private Map<TopicPartition, List<ProducerState>> unfinished() throws ExecutionException, InterruptedException {
        long before = clock.instant().minus(OLD).toEpochMilli();
        Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        List<TopicPartition> partitions = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        return admin.describeProducers(partitions).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        partition -> partition.getValue().activeProducers().stream()
                                .filter(producer ->
                                        producer.currentTransactionStartOffset().isPresent()
                                                && producer.lastTimestamp() < before)
                                .toList()));
    }

    private Set<Long> open() throws ExecutionException, InterruptedException {
        return admin.listTransactions(new ListTransactionsOptions().filterStates(OPEN)).all().get().stream()
                .map(TransactionListing::producerId)
                .collect(Collectors.toSet());
    }
}
