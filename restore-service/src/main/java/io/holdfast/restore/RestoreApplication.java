package io.holdfast.restore;

import io.holdfast.messaging.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The restore service as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(RestoreConfiguration.class)
public class RestoreApplication {

    public static void main(String... arguments) {
        ServiceProcess.run(RestoreApplication.class, "restore-service", "restoring", arguments);
    }
}
