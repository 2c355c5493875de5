package io.holdfast.uploader;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The upload service as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(UploadConfiguration.class)
public class UploadApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(UploadApplication.class)
                .properties("spring.application.name=upload-service", "spring.cloud.function.definition=replicating")
                .run(arguments);
    }
}
