package io.holdfast.embedded.broker;

import io.holdfast.embedded.EmbeddedPartException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka node, broker and controller in one, inside this JVM and on loopback only. At most one runs in a JVM at a
 * time: Kafka keeps its metrics and the way it ends a process in static fields.
 *
 * <p>Kafka ends the whole process when it can no longer write its logs. Here it may not: the broker is given up, and
 * {@link #failure()} tells why.
 */
public final class EmbeddedBroker implements AutoCloseable {

    /** The name of the clients' port in the file of kept ports. */
    static final String PORT_NAME = "broker";

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    private final BrokerDirectory directory;
    private final String clusterId;
    private final int port;
    private final int controllerPort;
    private final CompletableFuture<Void> gaveUp = new CompletableFuture<>();
    private final CompletableFuture<EmbeddedPartException> failure = new CompletableFuture<>();
    private final KafkaRaftServer server;
    private volatile boolean running;
    private @Nullable Thread stopping;

    /**
     * Prepares the directory and settles the ports, so that clients can be told where to connect before the broker
     * runs. Nothing listens yet.
     *
     * @throws EmbeddedPartException HF-S01 port in use, HF-S11 directory not usable, HF-S12 its data are damaged,
     *     HF-S13 another process runs on it
     */
    public EmbeddedBroker(BrokerSettings settings) {
        this.directory =
                new BrokerDirectory(settings.directory().toAbsolutePath().normalize());
        this.clusterId = directory.prepare();
        this.port = settings.ports().claim(PORT_NAME, settings.port());
        this.controllerPort = settings.ports().claim("controller", settings.controllerPort());
        this.server = create();
    }

    private KafkaRaftServer create() {
        try {
            var config = new KafkaConfig(BrokerConfiguration.of(directory.log(), port, controllerPort), false);
            return new KafkaRaftServer(config, Time.SYSTEM);
        } catch (RuntimeException e) {
            throw directory.damaged(e.toString(), e);
        }
    }

    /**
     * Returns when the broker accepts clients, after a second or a few; longer when it was killed and has to look
     * through its logs first.
     *
     * @throws EmbeddedPartException why it does not run; whatever was started is stopped again
     */
    public void start() {
        Exit.setExitProcedure((_, _) -> giveUp());
        Exit.setHaltProcedure((_, _) -> giveUp());
        CompletableFuture<Void> startup = new CompletableFuture<>();
        inBackground("start", () -> {
            try {
                server.startup();
                startup.complete(null);
            } catch (Throwable e) {
                startup.completeExceptionally(e);
            }
        });
        try {
            CompletableFuture.anyOf(startup, gaveUp).join();
            if (gaveUp.isDone()) {
                // Kafka reports the true reason right after it asked for the end of the process.
                startup.orTimeout(2, TimeUnit.SECONDS).join();
                throw new IllegalStateException("Kafka gave up; the lines logged before tell why");
            }
        } catch (RuntimeException e) {
            close();
            throw BrokerFailure.atStart(e, directory, port, controllerPort);
        }
        running = true;
        if (gaveUp.isDone()) {
            fail();
        }
        LOG.debug("Broker {} accepts clients on {}", clusterId, bootstrapServers());
    }

    private void giveUp() {
        gaveUp.complete(null);
        if (running) {
            fail();
        }
    }

    private void fail() {
        EmbeddedPartException problem = BrokerFailure.whileRunning(directory);
        if (!isStopping() && failure.complete(problem)) {
            LOG.error(problem.getMessage());
            stop();
        }
    }

    /** What clients connect to; valid before the start already. */
    public String bootstrapServers() {
        return BrokerConfiguration.at(port);
    }

    public int port() {
        return port;
    }

    /** Made with the directory and kept with it. */
    public String clusterId() {
        return clusterId;
    }

    /** Completes when the broker had to be given up while it ran, with what to tell the operator; otherwise never. */
    public CompletionStage<EmbeddedPartException> failure() {
        return failure.minimalCompletionStage();
    }

    /** Stops the broker, within a few seconds also where Kafka would wait longer. Closing again waits for the same. */
    @Override
    public void close() {
        try {
            if (!stop().join(CLOSE_WITHIN)) {
                LOG.warn(
                        "The broker did not stop within {} s; it is left behind and checks its logs at the next start",
                        CLOSE_WITHIN.toSeconds());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Thread stop() {
        if (stopping == null) {
            stopping = inBackground("stop", () -> {
                server.shutdown();
                server.awaitShutdown();
            });
        }
        return stopping;
    }

    private synchronized boolean isStopping() {
        return stopping != null;
    }

    private static Thread inBackground(String what, Runnable work) {
        return Thread.ofPlatform().daemon().name("embedded-broker-" + what).start(work);
    }
}
