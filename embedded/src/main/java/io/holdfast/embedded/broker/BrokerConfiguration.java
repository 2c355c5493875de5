package io.holdfast.embedded.broker;

import static java.util.Map.entry;

import io.holdfast.embedded.LoopbackPorts;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Kafka's settings for one small node: few threads and partitions, no waiting for others, everything on loopback. */
final class BrokerConfiguration {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** There are no other nodes to copy to or to wait for. */
    private static final Map<String, String> ALONE = Map.ofEntries(
            entry("default.replication.factor", "1"),
            entry("min.insync.replicas", "1"),
            entry("offsets.topic.replication.factor", "1"),
            entry("offsets.topic.num.partitions", "3"),
            entry("transaction.state.log.replication.factor", "1"),
            entry("transaction.state.log.min.isr", "1"),
            entry("transaction.state.log.num.partitions", "3"),
            entry("share.coordinator.state.topic.replication.factor", "1"),
            entry("share.coordinator.state.topic.min.isr", "1"),
            entry("share.coordinator.state.topic.num.partitions", "1"),
            entry("group.initial.rebalance.delay.ms", "0"),
            // After a kill the controller, which is new too, waits this long before it believes that the broker died.
            entry("broker.session.timeout.ms", "3000"),
            entry("broker.heartbeat.interval.ms", "500"),
            // Without it the controller writes a record twice a second for nobody.
            entry("metadata.max.idle.interval.ms", "0"));

    private static final Map<String, String> SMALL = Map.ofEntries(
            entry("num.network.threads", "1"),
            entry("num.io.threads", "2"),
            entry("background.threads", "2"),
            entry("num.recovery.threads.per.data.dir", "2"),
            entry("group.coordinator.threads", "1"),
            entry("share.coordinator.threads", "1"),
            entry("log.cleaner.threads", "1"),
            entry("log.cleaner.dedupe.buffer.size", "4194304"),
            entry("log.segment.bytes", "67108864"),
            entry("log.index.size.max.bytes", "1048576"),
            entry("offsets.topic.segment.bytes", "16777216"),
            entry("transaction.state.log.segment.bytes", "16777216"),
            entry("metadata.log.segment.bytes", "16777216"),
            entry("metric.reporters", ""));

    private static final Map<String, String> CAREFUL = Map.ofEntries(
            entry("auto.create.topics.enable", "false"),
            // As long as facts are kept: a stack that was off for weeks goes on where it stopped.
            entry("offsets.retention.minutes", "576000"));

    private BrokerConfiguration() {}

    static Map<String, String> of(Path log, int port, int controllerPort) {
        Map<String, String> all = new TreeMap<>(ALONE);
        all.putAll(SMALL);
        all.putAll(CAREFUL);
        all.put("node.id", Integer.toString(NODE_ID));
        all.put("process.roles", "broker,controller");
        all.put("log.dirs", log.toString());
        all.put("controller.listener.names", CONTROLLER_LISTENER);
        all.put("inter.broker.listener.name", "BROKER");
        all.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("listeners", "BROKER://" + at(port) + ",CONTROLLER://" + at(controllerPort));
        all.put("controller.quorum.voters", NODE_ID + "@" + at(controllerPort));
        return all;
    }

    static String at(int port) {
        return LoopbackPorts.HOST + ":" + port;
    }
}
