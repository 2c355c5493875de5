package io.holdfast.standalone;

import io.holdfast.console.ConsoleApplication;
import io.holdfast.monitor.MonitorApplication;
import io.holdfast.notifier.NotifierApplication;
import io.holdfast.restore.RestoreApplication;
import io.holdfast.scheduler.SchedulerApplication;
import io.holdfast.uploader.UploadApplication;
import io.holdfast.worker.SnapshotWorkerApplication;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs one service alone, against a broker and places outside; settings by {@code --name=value} or environment. */
@Command(
        name = "service",
        description =
                "Run one service alone: scheduler-service, snapshot-worker, upload-service, restore-service, monitor-service, notifier-service or console.")
final class ServiceCommand implements Callable<Integer> {

    /** The console's doors, which Boot would put before every service that has the console's jars beside it. */
    private static final List<String> NOT_THE_CONSOLES = List.of(
            "--springdoc.api-docs.enabled=false",
            "--spring.autoconfigure.exclude="
                    + String.join(
                            ",",
                            "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
                            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
                            "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
                            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
                            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
                            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet.OAuth2ResourceServerAutoConfiguration"));

    @Parameters(index = "0", paramLabel = "NAME", description = "The service.")
    private String name = "";

    @Parameters(
            index = "1..*",
            paramLabel = "SETTING",
            description = "Spring settings, such as spring.kafka.bootstrap-servers=kafka:9092.")
    private List<String> settings = List.of();

    @Override
    public Integer call() throws InterruptedException, UpProblem {
        String[] arguments = Stream.concat(
                        name.equals("console") ? Stream.of() : NOT_THE_CONSOLES.stream(),
                        settings.stream().map(setting -> setting.startsWith("--") ? setting : "--" + setting))
                .toArray(String[]::new);
        Consumer<String[]> service = service();
        try {
            service.accept(arguments);
        } catch (RuntimeException e) {
            throw new UpProblem("HF-S43", "Cannot start %s: %s".formatted(name, remedied(StartFailure.reason(e))), e);
        }
        new CountDownLatch(1).await();
        return 0;
    }

    /** A reason with a code of its own tells by itself what is safe and what to do; so does one that says the first. */
    static String remedied(String reason) {
        return StartFailure.hasCode(reason) || reason.contains("Nothing was changed.")
                ? reason
                : "%s. Nothing was changed. Correct its settings; deploy/README.md names them."
                        .formatted(reason.replaceFirst("\\.$", ""));
    }

    private Consumer<String[]> service() throws UpProblem {
        return switch (name) {
            case "scheduler-service" -> SchedulerApplication::main;
            case "snapshot-worker" -> SnapshotWorkerApplication::main;
            case "upload-service" -> UploadApplication::main;
            case "restore-service" -> RestoreApplication::main;
            case "monitor-service" -> MonitorApplication::main;
            case "notifier-service" -> NotifierApplication::main;
            case "console" -> ConsoleApplication::main;
            default ->
                throw new UpProblem(
                        "HF-S41",
                        "There is no service '%s'. Nothing was started. See 'holdfast service --help' for their names."
                                .formatted(name));
        };
    }
}
