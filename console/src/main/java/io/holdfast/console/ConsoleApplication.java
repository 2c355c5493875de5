package io.holdfast.console;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The console on its own, against a broker elsewhere. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ConsoleConfiguration.class)
public class ConsoleApplication {

    public static void main(String[] args) {
        var application = new SpringApplication(ConsoleApplication.class);
        application.setDefaultProperties(Map.of("spring.application.name", "holdfast-console"));
        application.run(args);
    }
}
