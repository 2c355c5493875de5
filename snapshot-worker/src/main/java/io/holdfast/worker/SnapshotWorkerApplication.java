package io.holdfast.worker;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The snapshot worker as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SnapshotWorkerConfiguration.class)
public class SnapshotWorkerApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(SnapshotWorkerApplication.class)
                .properties("spring.application.name=snapshot-worker", "spring.cloud.function.definition=capturing")
                .run(arguments);
    }
}
