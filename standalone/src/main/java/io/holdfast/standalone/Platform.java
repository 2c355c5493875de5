package io.holdfast.standalone;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.status.StatusManager;
import io.holdfast.console.plan.PlanPublisher;
import io.holdfast.embedded.EmbeddedPartException;
import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.embedded.WriteFault;
import io.holdfast.events.EventJson;
import io.holdfast.messaging.ServiceProcess;
import io.holdfast.plan.Stack;
import io.holdfast.vault.feedback.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.config.StreamsBuilderFactoryBean;

/** The whole platform in this JVM, on one data directory. */
final class Platform implements AutoCloseable {

    private static final Duration FIRST_SNAPSHOT_WITHIN = Duration.ofMinutes(2);

    /** Where the running platform listens, for the command line. */
    record Endpoints(String console, String brokers, long pid) {}

    private final DataDirectory data;
    private final StartPlan plan;
    private final EmbeddedParts embedded;
    private final ConfigurableApplicationContext context;
    private final Endpoints endpoints;
    private final PlanInForce inForce;

    private Platform(
            DataDirectory data,
            StartPlan plan,
            EmbeddedParts embedded,
            ConfigurableApplicationContext context,
            Endpoints endpoints,
            PlanInForce inForce) {
        this.data = data;
        this.plan = plan;
        this.embedded = embedded;
        this.context = context;
        this.endpoints = endpoints;
        this.inForce = inForce;
    }

    /**
     * Starts everything and puts the plan in force; returns when all of it runs.
     *
     * @param planFile null for the plan in the data directory
     * @param more configurations beside the services' own
     */
    static Platform start(DataDirectory data, @Nullable Path planFile, Class<?>... more) throws UpProblem {
        var ports = new LoopbackPorts(data.of("ports"));
        DemoPlaces demo = DemoPlaces.of(data, ports);
        StartPlan plan = StartPlan.of(planFile, data, demo);
        int port = ports.claim("console", 0);
        EmbeddedParts embedded = EmbeddedParts.start(data, ports, demo, plan.plan());
        try {
            var context = context(data, plan, port, embedded, List.of(more));
            try {
                embedded.awaitAll();
                Thread watch = HangingTransactions.watch(embedded.brokers());
                context.addApplicationListener((ContextClosedEvent _) -> watch.interrupt());
                PlanInForce inForce = PlanInForce.ensure(context.getBean(PlanPublisher.class), plan, data);
                awaitTopologies(context, embedded);
                var endpoints = new Endpoints(
                        "http://" + LoopbackPorts.HOST + ":" + port,
                        embedded.brokers(),
                        ProcessHandle.current().pid());
                Files.write(data.of("endpoints.json"), EventJson.write(endpoints));
                return new Platform(data, plan, embedded, context, endpoints, inForce);
            } catch (IOException | RuntimeException e) {
                context.close();
                throw e;
            }
        } catch (IOException e) {
            embedded.close();
            throw new UpProblem(
                    "HF-S37",
                    "Cannot write into %s: %s"
                            .formatted(
                                    data.root(),
                                    WriteFault.of(e, Problem.reason(e), data.root())
                                            .told("Every backup is safe.")));
        } catch (RuntimeException e) {
            embedded.close();
            embedded.requireBroker();
            throw e;
        }
    }

    private static ConfigurableApplicationContext context(
            DataDirectory data, StartPlan plan, int port, EmbeddedParts embedded, List<Class<?>> more)
            throws UpProblem, IOException {
        var configurations = new ArrayList<Class<?>>(List.of(StandaloneConfiguration.class));
        configurations.addAll(more);
        var context = new SpringApplicationBuilder(configurations.toArray(Class<?>[]::new))
                .web(WebApplicationType.SERVLET)
                .registerShutdownHook(false)
                .initializers(
                        application -> ((GenericApplicationContext) application)
                                .registerBean(
                                        EmbeddedParts.class, () -> embedded, bean -> bean.setDestroyMethodName("")),
                        _ -> embedded.loggingIsSetUp())
                .properties(properties(data, plan, port, embedded.brokers()))
                .run();
        keepLoggingQuiet();
        return context;
    }

    /** On a full disk the log's own stack traces would bury what the operator is told. */
    private static void keepLoggingQuiet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            StatusManager status = logging.getStatusManager();
            status.getCopyOfStatusListenerList().forEach(status::remove);
        }
    }

    private static Map<String, Object> properties(DataDirectory data, StartPlan plan, int port, String brokers)
            throws UpProblem, IOException {
        var properties = new HashMap<String, Object>();
        properties.put("spring.application.name", "holdfast");
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.jmx.enabled", "false");
        properties.put("spring.kafka.bootstrap-servers", brokers);
        properties.put("spring.kafka.properties.metric.reporters", "");
        properties.put("spring.cloud.function.definition", StandaloneConfiguration.FUNCTIONS);
        properties.put(
                "spring.cloud.stream.kafka.streams.binder.configuration.state.dir", String.valueOf(data.of("streams")));
        // One member per group, known by name: a restart takes its place at once, also after a kill.
        properties.put("spring.cloud.stream.kafka.binder.consumer-properties.group.instance.id", "up");
        properties.put("spring.cloud.stream.kafka.streams.binder.configuration.group.instance.id", "up");
        properties.put("server.address", LoopbackPorts.HOST);
        properties.put("server.port", port);
        properties.put("server.shutdown", "immediate");
        Path web = data.of("services").resolve("web");
        properties.put("server.tomcat.basedir", String.valueOf(web));
        properties.put(
                StandaloneConfiguration.DOCUMENT_ROOT, String.valueOf(Files.createDirectories(web.resolve("root"))));
        properties.put("logging.file.name", String.valueOf(data.log()));
        properties.put("logging.threshold.console", "OFF");
        properties.putAll(ServiceProcess.LOGGING);
        properties.put("logging.level.org.apache.kafka", "ERROR");
        properties.put("logging.level.kafka", "ERROR");
        properties.put("holdfast.site.id", plan.plan().site());
        properties.put("holdfast.site.state-directory", String.valueOf(data.of("site")));
        properties.put("holdfast.restore-service.token-file", String.valueOf(data.secret("site-token")));
        List<Path> own = DataDirectory.ownIn(data.root());
        for (int i = 0; i < own.size(); i++) {
            properties.put("holdfast.site.own-directories[%d]".formatted(i), String.valueOf(own.get(i)));
        }
        properties.put("holdfast.console.token-file", String.valueOf(data.token()));
        properties.put("holdfast.console.site-token-file", String.valueOf(data.secret("site-token")));
        properties.put(
                "holdfast.console.state-directory",
                String.valueOf(data.of("services").resolve("console")));
        properties.put(
                "holdfast.notifier.state-directory",
                String.valueOf(data.of("services").resolve("notifier")));
        return properties;
    }

    private static void awaitTopologies(ConfigurableApplicationContext context, EmbeddedParts embedded)
            throws UpProblem {
        List<Topology> topologies = new ArrayList<>();
        context.getBeansOfType(StreamsBuilderFactoryBean.class)
                .forEach((name, bean) -> topologies.add(Topology.of(BeanFactoryUtils.transformedBeanName(name), bean)));
        new TopologiesStart(InstantSource.system(), () -> {
                    embedded.requireBroker();
                    pause();
                })
                .await(topologies);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
    }

    /** Waits until each stack's vault holds something, as after the first run that a new plan brings. */
    void awaitFirstSnapshot() throws UpProblem {
        long limit = System.nanoTime() + FIRST_SNAPSHOT_WITHIN.toNanos();
        for (Stack stack : plan.plan().stacks()) {
            Path snapshots = plan.plan().vaults().of(stack.name()).resolve("snapshots");
            while (isEmpty(snapshots)) {
                if (System.nanoTime() > limit) {
                    throw new UpProblem("HF-S42", "No snapshot of %s was taken in time.".formatted(stack.name()));
                }
                pause();
            }
        }
    }

    private static boolean isEmpty(Path directory) {
        String[] names = directory.toFile().list();
        return names == null || names.length == 0;
    }

    /** Completes when a part that all others need had to be given up, with what to tell the operator. */
    CompletionStage<EmbeddedPartException> failure() {
        return embedded.failure();
    }

    Endpoints endpoints() {
        return endpoints;
    }

    /** Whether the plan's mail is caught here, and reaches nobody. */
    boolean catchesMail() {
        return embedded.catchesMail();
    }

    StartPlan plan() {
        return plan;
    }

    DataDirectory data() {
        return data;
    }

    PlanInForce inForce() {
        return inForce;
    }

    /** Services first, then the parts they talk to. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(data.of("endpoints.json"));
        } catch (IOException e) {
            LoggerFactory.getLogger(Platform.class).warn("Cannot remove endpoints.json", e);
        }
        context.close();
        embedded.close();
    }
}
