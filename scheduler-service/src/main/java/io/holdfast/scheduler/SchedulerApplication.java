package io.holdfast.scheduler;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The scheduler as a process of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(SchedulerConfiguration.class)
public class SchedulerApplication {

    public static void main(String[] arguments) {
        var application = new SpringApplication(SchedulerApplication.class);
        application.setDefaultProperties(Map.of(
                "spring.application.name", "scheduler-service", "spring.cloud.function.definition", "scheduling"));
        application.run(arguments);
    }
}
