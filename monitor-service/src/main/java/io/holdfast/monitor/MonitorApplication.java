package io.holdfast.monitor;

import io.holdfast.messaging.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The monitor on its own, against a broker elsewhere. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(MonitorConfiguration.class)
public class MonitorApplication {

    public static void main(String... arguments) {
        ServiceProcess.run(MonitorApplication.class, "monitor-service", "monitoring", arguments);
    }
}
