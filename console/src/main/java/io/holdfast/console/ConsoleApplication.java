package io.holdfast.console;

import io.holdfast.messaging.ServiceProcess;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The console on its own, against a broker elsewhere. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ConsoleConfiguration.class)
public class ConsoleApplication {

    public static void main(String... arguments) {
        ServiceProcess.run(ConsoleApplication.class, "console", "", arguments);
    }
}
