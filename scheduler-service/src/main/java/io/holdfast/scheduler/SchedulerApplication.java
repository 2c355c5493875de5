package io.holdfast.scheduler;

import io.holdfast.messaging.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The scheduler as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(SchedulerConfiguration.class)
public class SchedulerApplication {

    public static void main(String... arguments) {
        ServiceProcess.run(SchedulerApplication.class, "scheduler-service", "scheduling", arguments);
    }
}
