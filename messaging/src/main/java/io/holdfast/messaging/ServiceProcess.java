package io.holdfast.messaging;

import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A service as a process of its own, against a broker elsewhere. It listens on loopback unless its settings say otherwise. */
public final class ServiceProcess {

    /** As Spring Boot's, and what a message is about after it. */
    private static final String LINE =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %5p [%15.15t] %-40.40logger{39} : %m %kvp%n%wEx";

    /** What a process logs unless its settings say otherwise: our own steps, and of libraries what goes wrong. */
    public static final Map<String, Object> LOGGING = Map.of(
            "logging.pattern.file", LINE,
            "logging.pattern.console", LINE,
            "logging.level.root", "WARN",
            "logging.level.io.holdfast", "INFO",
            // It warns of a broker that is away several times a second; whoever needs the broker says so once.
            "logging.level.org.apache.kafka.clients.NetworkClient", "ERROR",
            // Why a start failed is said once, by whoever started it.
            "logging.level.org.springframework.boot.diagnostics", "OFF");

    /** Whoever runs it says in one line why it does not start, and shows the stack to those who ask for it. */
    private static final Map<String, Object> NO_WORD_OF_A_FAILED_START = Map.of(
            "logging.level.org.springframework.boot.SpringApplication", "OFF",
            "logging.level.org.springframework.boot.web.server.servlet.context", "ERROR");

    private ServiceProcess() {}

    /**
     * Starts the service and returns when it is ready.
     *
     * @param application the service's Spring application
     * @param name of the service, for its log and its own settings
     * @param functions the stream functions that it runs, with {@code ;} between them; empty for none
     * @param arguments settings, {@code --name=value}; they go before those given here
     */
    public static void run(Class<?> application, String name, String functions, String... arguments) {
        new SpringApplicationBuilder(application)
                .properties(LOGGING)
                .properties(NO_WORD_OF_A_FAILED_START)
                .properties(Map.of(
                        "spring.application.name",
                        name,
                        "spring.main.banner-mode",
                        "off",
                        "server.address",
                        "127.0.0.1",
                        "spring.cloud.function.definition",
                        functions))
                .run(arguments);
    }
}
