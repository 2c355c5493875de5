package io.holdfast.notifier;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The notifier on its own, against a broker elsewhere. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(NotifierConfiguration.class)
public class NotifierApplication {

    public static void main(String... arguments) {
        new SpringApplicationBuilder(NotifierApplication.class)
                .properties(
                        "spring.application.name=notifier-service",
                        "spring.cloud.function.definition=notifying;mailing")
                .run(arguments);
    }
}
