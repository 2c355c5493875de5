package io.holdfast.messaging;

import io.holdfast.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of the contract with their rules; topics that exist are left as they are. */
public final class TopicAdministrator {

    private static final int MOST_REPLICAS = 3;

    private final Map<String, Object> clientProperties;

    TopicAdministrator(Map<String, Object> clientProperties) {
        this.clientProperties = new HashMap<>(clientProperties);
        this.clientProperties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        this.clientProperties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    }

    /**
     * Creates those of the topics that do not exist yet.
     *
     * @throws BrokerUnavailable if the broker does not answer within seconds
     */
    public void ensure(Collection<Topic> topics) {
        try (Admin admin = Admin.create(clientProperties)) {
            try {
                ensure(admin, topics);
            } catch (InterruptedException e) {
                admin.close(Duration.ZERO); // which would wait for answers
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailable("Interrupted while creating topics.", e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new BrokerUnavailable(
                    "HF-M01 The Kafka broker at %s does not answer: %s. Backups that are in vaults and regions are safe. Start the broker, or correct spring.kafka.bootstrap-servers."
                            .formatted(clientProperties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG), reason(e)),
                    e);
        }
    }

    private static void ensure(Admin admin, Collection<Topic> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> existing = admin.listTopics().names().get(10, TimeUnit.SECONDS);
        var missing = topics.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        int nodes = admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).size();
        create(admin, missing, (short) Math.min(MOST_REPLICAS, nodes));
    }

    private static String reason(Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return cause instanceof TimeoutException
                        || cause instanceof org.apache.kafka.common.errors.TimeoutException
                        || cause.getMessage() == null
                ? "no answer in time"
                : cause.getMessage();
    }

    private static void create(Admin admin, List<Topic> missing, short replicas)
            throws InterruptedException, ExecutionException, TimeoutException {
        var requested = new ArrayList<NewTopic>();
        for (Topic topic : missing) {
            requested.add(new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.of(replicas))
                    .configs(rules(topic, replicas)));
        }
        for (var created : admin.createTopics(requested).values().values()) {
            try {
                created.get(10, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static Map<String, String> rules(Topic topic, short replicas) {
        var rules = new HashMap<String, String>();
        rules.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        rules.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, String.valueOf(Math.max(1, replicas - 1)));
        topic.retention()
                .ifPresentOrElse(
                        kept -> rules.put(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(kept.toMillis())),
                        () -> rules.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        topic.mostBytes().ifPresent(most -> {
            rules.put(TopicConfig.RETENTION_BYTES_CONFIG, String.valueOf(most));
            // Only whole segments are deleted.
            rules.put(TopicConfig.SEGMENT_BYTES_CONFIG, String.valueOf(most / 4));
        });
        return rules;
    }
}
