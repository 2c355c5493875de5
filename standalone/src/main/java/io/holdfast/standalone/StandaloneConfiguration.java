package io.holdfast.standalone;

import io.holdfast.console.ConsoleConfiguration;
import io.holdfast.monitor.MonitorConfiguration;
import io.holdfast.notifier.NotifierConfiguration;
import io.holdfast.restore.RestoreConfiguration;
import io.holdfast.scheduler.SchedulerConfiguration;
import io.holdfast.uploader.UploadConfiguration;
import io.holdfast.worker.SnapshotWorkerConfiguration;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.metrics.KafkaMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The very same services that also start alone, in one context with one web server. Nobody reads its meters, of which
 * Kafka alone would bring thousands.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            KafkaMetricsAutoConfiguration.class,
            MetricsAutoConfiguration.class,
            CompositeMeterRegistryAutoConfiguration.class,
            SimpleMetricsExportAutoConfiguration.class
        })
@Import({
    SchedulerConfiguration.class,
    SnapshotWorkerConfiguration.class,
    UploadConfiguration.class,
    RestoreConfiguration.class,
    MonitorConfiguration.class,
    NotifierConfiguration.class,
    ConsoleConfiguration.class
})
class StandaloneConfiguration {

    /** The functions of all services, as each names its own when it starts alone. */
    static final String FUNCTIONS = String.join(
            ";", "scheduling", "capturing", "replicating", "restoring", "monitoring", "notifying", "mailing");

    /** Names the directory of files that the web server may serve: an empty one. */
    static final String DOCUMENT_ROOT = "holdfast.document-root";

    /** Without one, each start makes one among the system's temporary files, and a killed process leaves it there. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> documentRoot(
            @Value("${" + DOCUMENT_ROOT + "}") Path directory) {
        return server -> server.setDocumentRoot(directory.toFile());
    }

    /** The broker starts beside this context; whoever needs it waits here first. */
    @Bean
    BrokerGate brokerGate(EmbeddedParts embedded) {
        return new BrokerGate(embedded);
    }
}
