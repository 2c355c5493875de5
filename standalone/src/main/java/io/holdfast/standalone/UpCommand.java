package io.holdfast.standalone;

import io.holdfast.standalone.embedded.EmbeddedPartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the whole platform in this JVM and keeps it running until Ctrl-C. */
@Command(
        name = "up",
        description =
                "Start everything in one process: broker, services, console and, for the starter plan, two S3 regions and a mail catcher.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(9);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${HOLDFAST_DATA:-holdfast-data}",
            description = "Where all state is kept (default: ./holdfast-data).")
    private Path data = Path.of("holdfast-data");

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = "What to protect; without it a starter plan is written.")
    private @Nullable Path plan;

    @Option(names = "--exit-when-ready", hidden = true, description = "For training and tests: stop again once ready.")
    private boolean exitWhenReady;

    @Override
    public Integer call() throws Exception {
        long begun = ProcessHandle.current()
                .info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElseGet(System::currentTimeMillis);
        try (DataDirectory directory = DataDirectory.take(data)) {
            spec.commandLine().getErr().println("Starting Holdfast in " + directory.root() + " ...");
            Platform platform = Platform.start(directory, plan);
            var stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform, stopped), "stop"));
            Welcome.print(spec.commandLine().getOut(), platform, Duration.ofMillis(System.currentTimeMillis() - begun));
            if (!exitWhenReady) {
                stopped.await();
            }
            return 0;
        } catch (UpProblem | EmbeddedPartException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        } catch (RuntimeException e) {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
            spec.commandLine()
                    .getErr()
                    .println("HF-S30 Holdfast could not start: %s. Vaults and regions are safe. The log tells more: %s"
                            .formatted(cause.getMessage(), data.resolve("logs").resolve("holdfast.log")));
            return 1;
        }
    }

    private void stop(Platform platform, CountDownLatch stopped) {
        Thread.ofPlatform().name("stop-limit").daemon().start(() -> {
            try {
                Thread.sleep(STOP_WITHIN);
                Runtime.getRuntime().halt(1);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        platform.close();
        stopped.countDown();
    }
}
