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
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one service alone, against a broker and places outside; settings by {@code --name=value} or environment. */
@Command(
        name = "service",
        description =
                "Run one service alone: scheduler-service, snapshot-worker, upload-service, restore-service, monitor-service, notifier-service or console.")
final class ServiceCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "The service.")
    private String name = "";

    @Parameters(
            index = "1..*",
            paramLabel = "SETTING",
            description = "Spring settings, such as spring.kafka.bootstrap-servers=kafka:9092.")
    private List<String> settings = List.of();

    @Override
    public Integer call() throws InterruptedException {
        String[] arguments = settings.stream()
                .map(setting -> setting.startsWith("--") ? setting : "--" + setting)
                .toArray(String[]::new);
        switch (name) {
            case "scheduler-service" -> SchedulerApplication.main(arguments);
            case "snapshot-worker" -> SnapshotWorkerApplication.main(arguments);
            case "upload-service" -> UploadApplication.main(arguments);
            case "restore-service" -> RestoreApplication.main(arguments);
            case "monitor-service" -> MonitorApplication.main(arguments);
            case "notifier-service" -> NotifierApplication.main(arguments);
            case "console" -> ConsoleApplication.main(arguments);
            default ->
                throw new ParameterException(
                        spec.commandLine(), "HF-S41 There is no service '%s'. Nothing was started.".formatted(name));
        }
        new CountDownLatch(1).await();
        return 0;
    }
}
