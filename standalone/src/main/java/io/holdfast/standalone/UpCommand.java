package io.holdfast.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.cli.HoldfastCli;
import io.holdfast.embedded.EmbeddedPartException;
import io.holdfast.embedded.WriteFault;
import io.holdfast.events.EventJson;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the whole platform in this JVM and keeps it running until Ctrl-C. */
@Command(
        name = "up",
        description =
                "Start everything in one process: broker, services, console and, for the starter plan, two S3 regions and a mail catcher.")
final class UpCommand implements Callable<Integer> {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(9);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description =
                    "What to protect; without it the plan of the last start, and at the first a starter plan, which is written.")
    private @Nullable Path plan;

    @Option(
            names = "--exit-when-ready",
            hidden = true,
            description = "Stop again once the first snapshot is taken: trains the class cache.")
    private boolean exitWhenReady;

    @Override
    public Integer call() throws Exception {
        try (DataDirectory directory = DataDirectory.take(HoldfastCli.dataDirectory(spec))) {
            spec.commandLine().getErr().println("Starting Holdfast in " + directory.root() + " ...");
            Platform platform = start(directory);
            var ended = new CompletableFuture<Optional<EmbeddedPartException>>();
            platform.failure().thenAccept(failure -> ended.complete(Optional.of(failure)));
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                spec.commandLine().getErr().println("Stopping Holdfast ...");
                                stop(platform, () -> ended.complete(Optional.empty()));
                            },
                            "stop"));
            System.gc(); // gives back what only the start needed
            welcome(platform);
            if (exitWhenReady) {
                platform.awaitFirstSnapshot();
                return 0;
            }
            Optional<EmbeddedPartException> failure = ended.get();
            if (failure.isEmpty()) {
                return 0;
            }
            // Without its broker the platform would only look alive.
            spec.commandLine().getErr().println(failure.get().getMessage());
            stop(platform, () -> {});
            return 1;
        }
    }

    private Platform start(DataDirectory directory) throws UpProblem {
        try {
            return Platform.start(directory, plan);
        } catch (EmbeddedPartException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UpProblem("HF-S30", "Holdfast could not start: " + told(e, directory), e);
        }
    }

    private static String told(RuntimeException e, DataDirectory directory) {
        String reason = StartFailure.reason(e);
        Optional<WriteFault> machine = WriteFault.behind(e, directory.root());
        return machine.isEmpty() && StartFailure.hasCode(reason)
                ? reason
                : machine.orElseGet(() -> new WriteFault(reason, more(directory)))
                        .told("Vaults and regions are safe.");
    }

    private static String more(DataDirectory directory) {
        Path log = directory.of("logs").resolve("holdfast.log");
        return Files.exists(log) ? "The log tells more: " + log : "With --debug it tells more.";
    }

    private void welcome(Platform platform) {
        if (HoldfastCli.isJson(spec)) {
            spec.commandLine().getOut().println(new String(EventJson.write(platform.endpoints()), UTF_8));
        } else {
            Welcome.print(spec.commandLine().getOut(), platform, sinceLaunch());
        }
    }

    private static Duration sinceLaunch() {
        return Duration.ofMillis(System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    private static void stop(Platform platform, Runnable afterwards) {
        Thread.ofPlatform().name("stop-limit").daemon().start(() -> {
            try {
                Thread.sleep(STOP_WITHIN);
                Runtime.getRuntime().halt(1);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        platform.close();
        afterwards.run();
    }
}
