package io.holdfast.standalone;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions of which the broker thinks that they are over, though it has not ended them in the partitions that they wrote to:
 * whoever asks for offsets or records there waits for good, in this process and in each one after it. A broker that is killed
 * while it ends a transaction leaves one behind now and then. Aborting it lets the topology read once more what it has
 * answered to, with the same outcome, since ids of events follow from what they are about.
 */
final class HangingCommits {

    private static final Logger LOG = LoggerFactory.getLogger(HangingCommits.class);

    /** Much longer than a transaction of a topology may take, after which the broker aborts it by itself. */
    private static final Duration OLD = Duration.ofSeconds(30);

    private static final Set<TransactionState> OPEN =
            Set.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);

    private final Admin admin;
    private final InstantSource clock;

    HangingCommits(Admin admin, InstantSource clock) {
        this.admin = admin;
        this.clock = clock;
    }

    /** Aborts all that there are; whatever goes wrong is told to the log. */
    static void abort(String brokers) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
            new HangingCommits(admin, InstantSource.system())
                    .abort()
                    .forEach(each -> LOG.warn("{} hung: aborted", each));
        } catch (ExecutionException e) {
            LOG.warn("Cannot look for transactions that hang", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Aborts all that there are, and names each. */
    List<String> abort() throws ExecutionException, InterruptedException {
        List<String> aborted = new ArrayList<>();
        for (Map.Entry<TopicPartition, List<ProducerState>> partition :
                unfinished().entrySet()) {
            for (ProducerState producer : partition.getValue()) {
                if (!isOpen(producer.producerId())) {
                    admin.abortTransaction(new AbortTransactionSpec(
                                    partition.getKey(),
                                    producer.producerId(),
                                    (short) producer.producerEpoch(),
                                    producer.coordinatorEpoch().orElse(0)))
                            .all()
                            .get();
                    aborted.add("The transaction of producer %d in %s"
                            .formatted(producer.producerId(), partition.getKey()));
                }
            }
        }
        return aborted;
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

    private boolean isOpen(long producer) throws ExecutionException, InterruptedException {
        Optional<TransactionListing> transaction = admin
                .listTransactions(new ListTransactionsOptions().filterProducerIds(Set.of(producer)))
                .all()
                .get()
                .stream()
                .findFirst();
        return transaction.map(TransactionListing::state).filter(OPEN::contains).isPresent();
    }
}
