package io.holdfast.worker;

import io.holdfast.messaging.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The snapshot worker as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SnapshotWorkerConfiguration.class)
public class SnapshotWorkerApplication {

    public static void main(String... arguments) {
        ServiceProcess.run(SnapshotWorkerApplication.class, "snapshot-worker", "capturing", arguments);
    }
}
