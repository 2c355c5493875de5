package io.holdfast.restore;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The restore service as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(RestoreConfiguration.class)
public class RestoreApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(RestoreApplication.class)
                .properties("spring.application.name=restore-service", "spring.cloud.function.definition=restoring")
                .run(arguments);
    }
}
