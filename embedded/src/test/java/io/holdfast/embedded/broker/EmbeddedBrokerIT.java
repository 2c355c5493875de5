package io.holdfast.embedded.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.embedded.LoopbackPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {

    @TempDir
    private Path directory;

    @Test
    void keepsRecordsOffsetsPortAndClusterBetweenRuns() throws Exception {
        String clusterId;
        try (EmbeddedBroker broker = started()) {
            clusterId = broker.clusterId();
            createTopic(broker);
            send(broker, "first");
            assertThat(receive(broker, 1)).containsExactly("first");
        }
        int port = keptPort("broker");

        try (EmbeddedBroker broker = started()) {
            assertThat(broker.port()).isEqualTo(port);
            assertThat(broker.clusterId()).isEqualTo(clusterId);
            send(broker, "second");
            assertThat(receive(broker, 1)).containsExactly("second");
        }
    }

    @Test
    void goesOnAfterItsProcessWasKilled() throws Exception {
        Process process = BrokerProcess.start(directory);
        try {
            BrokerProcess.awaitReady(process);
        } finally {
            process.destroyForcibly().waitFor();
        }

        try (EmbeddedBroker broker = started()) {
            assertThat(receive(broker, BrokerProcess.RECORDS)).hasSize(BrokerProcess.RECORDS);
        }
    }

    @Test
    void refusesADirectoryInUseAndLeavesItsPortsAlone() {
        try (EmbeddedBroker broker = started()) {
            assertThatThrownBy(() -> new EmbeddedBroker(BrokerSettings.in(directory)))
                    .hasMessageStartingWith("HF-S13");
            assertThat(keptPort("broker")).isEqualTo(broker.port());
        }
    }

    @Test
    void knowsItsAddressBeforeItStarts() {
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(directory))) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + broker.port());
            assertThat(keptPort("broker")).isEqualTo(broker.port());
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral(LoopbackPorts.HOST))) {
            var settings = new BrokerSettings(directory, ports(), other.getLocalPort(), 0);

            assertThatThrownBy(() -> new EmbeddedBroker(settings)).hasMessageStartingWith("HF-S01");
        }
    }

    @Test
    void saysThatAPortWasTakenBetweenTheChoiceAndTheStart() throws IOException {
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(directory));
                ServerSocket _ = new ServerSocket(broker.port(), 1, InetAddress.ofLiteral(LoopbackPorts.HOST))) {
            assertThatThrownBy(broker::start)
                    .hasMessageStartingWith("HF-S01 Cannot open port " + broker.port() + " on 127.0.0.1 for 'broker'");
        }
    }

    @Test
    void saysThatTheControllersPortWasTakenInsteadOfEndingTheProcess() throws IOException {
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(directory))) {
            int port = keptPort("controller");
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral(LoopbackPorts.HOST))) {
                assertThatThrownBy(broker::start)
                        .hasMessageStartingWith("HF-S01 Cannot open port " + port + " on 127.0.0.1 for 'controller'");
            }
        }
    }

    @Test
    void saysThatItsDataAreDamaged() throws IOException {
        started().close();
        Files.writeString(
                directory.resolve("log/bootstrap.checkpoint"), "no batch at all, and long enough to be read as one");

        assertThatThrownBy(this::started).hasMessageStartingWith("HF-S12");
    }

    @Test
    void tellsWhyItHadToStopAndLeavesTheProcessAlone() {
        try (EmbeddedBroker broker = started()) {
            var failure = broker.failure().toCompletableFuture();
            assertThat(failure).isNotDone();

            Exit.halt(1);

            assertThat(failure.join()).hasMessageStartingWith("HF-S15 The broker had to stop");
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> isFree(broker.port()));
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral(LoopbackPorts.HOST))) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }

    private LoopbackPorts ports() {
        return new LoopbackPorts(directory.resolve("ports"));
    }

    private int keptPort(String name) {
        return LoopbackPorts.find(directory.resolve("ports"), name).orElseThrow();
    }

    private EmbeddedBroker started() {
        EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.in(directory));
        broker.start();
        return broker;
    }

    static void createTopic(EmbeddedBroker broker) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(BrokerProcess.TOPIC, 6, (short) 1)))
                    .all()
                    .get();
        }
    }

    static void send(EmbeddedBroker broker, String value) throws InterruptedException, ExecutionException {
        Map<String, Object> configuration = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(BrokerProcess.TOPIC, "key", value))
                    .get();
        }
    }

    private static List<String> receive(EmbeddedBroker broker, int count) {
        Map<String, Object> configuration = Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "group.id", "test", "auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(BrokerProcess.TOPIC));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
