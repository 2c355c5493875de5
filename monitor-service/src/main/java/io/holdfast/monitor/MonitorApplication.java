package io.holdfast.monitor;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The monitor on its own, against a broker elsewhere. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(MonitorConfiguration.class)
public class MonitorApplication {

    public static void main(String... arguments) {
        new SpringApplicationBuilder(MonitorApplication.class)
                .properties("spring.application.name=monitor-service", "spring.cloud.function.definition=monitoring")
                .run(arguments);
    }
}
