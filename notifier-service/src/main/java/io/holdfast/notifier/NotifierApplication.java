package io.holdfast.notifier;

import io.holdfast.messaging.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The notifier on its own, against a broker elsewhere. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(NotifierConfiguration.class)
public class NotifierApplication {

    public static void main(String... arguments) {
        ServiceProcess.run(NotifierApplication.class, "notifier-service", "notifying;mailing", arguments);
    }
}
