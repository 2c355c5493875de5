package io.holdfast.uploader;

import io.holdfast.messaging.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The upload service as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(UploadConfiguration.class)
public class UploadApplication {

    public static void main(String... arguments) {
        ServiceProcess.run(UploadApplication.class, "upload-service", "replicating", arguments);
    }
}
