package io.holdfast.standalone;

import static org.awaitility.Awaitility.await;

import io.holdfast.events.EventJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** The real thing in a process of its own, on a data directory; a test can stop and kill it. */
final class RunningHoldfast implements AutoCloseable {

    /** Longer than a start tries before it says what does not run. */
    private static final Duration READY_WITHIN = Duration.ofMinutes(4);

    /** How each JVM is started: with what the launcher gives it. */
    static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx640m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-XX:MaxNewSize=80m",
            "-XX:TieredStopAtLevel=1",
            // What the quick compiler alone gets by default is so small that it calls for full collections.
            "-XX:ReservedCodeCacheSize=128m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** What operators have, which knows no tests. */
    private static final String JAR = StartArchive.JAR.toString();

    private final Process process;
    private final Path data;
    private final Path output;

    private RunningHoldfast(Process process, Path data, Path output) {
        this.process = process;
        this.data = data;
        this.output = output;
    }

    /** {@code holdfast up}, as an operator starts it; returns when it is ready. */
    static RunningHoldfast up(Path data, @Nullable Path plan) throws IOException {
        return launchUp(data, plan).awaitReady();
    }

    /** The same for a program that reads its output. */
    static RunningHoldfast upForAProgram(Path data) throws IOException {
        var arguments = new ArrayList<>(upWith(data, null));
        arguments.add("--json");
        return launch(data, JAR, arguments).awaitReady();
    }

    /** The same, returning at once. */
    static RunningHoldfast launchUp(Path data, @Nullable Path plan) throws IOException {
        return launch(data, JAR, upWith(data, plan));
    }

    private static List<String> upWith(Path data, @Nullable Path plan) {
        var arguments = new ArrayList<>(List.of(Holdfast.class.getName(), "up", "--data", data.toString()));
        if (plan != null) {
            arguments.addAll(List.of("--plan", plan.toString()));
        }
        return arguments;
    }

    /** The same, with more variables in its environment. */
    static RunningHoldfast up(Path data, Path plan, Map<String, String> environment) throws IOException {
        return launch(List.of(), data, JAR, upWith(data, plan), environment).awaitReady();
    }

    /** {@code holdfast up} with its data directory on a disk that only few see. */
    static RunningHoldfast up(SmallDisk disk, Path data) throws IOException {
        return launch(
                        disk.entry(),
                        disk.seen(data.getFileName().toString()),
                        JAR,
                        List.of(Holdfast.class.getName(), "up", "--data", data.toString()))
                .awaitReady();
    }

    /** The platform with kill points, which {@link #killAt} arms. */
    static RunningHoldfast killable(Path data, Path plan) throws IOException {
        return launchKillable(data, plan).awaitReady();
    }

    /** The same, returning at once. */
    static RunningHoldfast launchKillable(Path data, Path plan) throws IOException {
        return launch(
                data,
                JAR + File.pathSeparator + Path.of("target", "test-classes"),
                List.of(KillableHoldfast.class.getName(), data.toString(), plan.toString()));
    }

    /** {@code holdfast service NAME}: one service alone; returns at once. */
    static RunningHoldfast service(Path directory, String name, List<String> settings) throws IOException {
        var arguments = new ArrayList<>(List.of(Holdfast.class.getName(), "service", name));
        arguments.addAll(settings);
        return launch(directory, JAR, arguments);
    }

    private static RunningHoldfast launch(Path data, String classPath, List<String> arguments) throws IOException {
        return launch(List.of(), data, classPath, arguments);
    }

    private static RunningHoldfast launch(List<String> entry, Path data, String classPath, List<String> arguments)
            throws IOException {
        return launch(entry, data, classPath, arguments, Map.of());
    }

    private static RunningHoldfast launch(
            List<String> entry, Path data, String classPath, List<String> arguments, Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<>(entry);
        // A parent that runs in the background ignores Ctrl-C, and its children would inherit that.
        command.addAll(List.of("env", "--default-signal=INT"));
        command.addAll(JVM);
        command.addAll(StartArchive.options());
        command.addAll(List.of("-cp", classPath));
        command.addAll(arguments);
        Path output = Files.createTempFile(Path.of("target"), "holdfast-", ".out");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new RunningHoldfast(builder.start(), data, output);
    }

    RunningHoldfast awaitReady() {
        try {
            await().atMost(READY_WITHIN)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> isReady() || !process.isAlive());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("it is not ready:%n%s".formatted(threads()), e);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("it ended with %d:%n%s".formatted(process.exitValue(), output()));
        }
        return this;
    }

    /** What it hangs at, for whoever looks into it; then it is gone, so that those after it have its data directory. */
    private String threads() {
        try {
            new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            await().atMost(Duration.ofSeconds(10)).until(() -> output().contains("Full thread dump"));
        } catch (IOException | InterruptedException | ConditionTimeoutException _) {
            // Its output is told without them.
        }
        process.destroyForcibly();
        return output();
    }

    private boolean isReady() throws IOException {
        Path endpoints = data.resolve("endpoints.json");
        return Files.exists(endpoints)
                && Files.size(endpoints) > 0
                && endpoints().pid() == process.pid();
    }

    Platform.Endpoints endpoints() throws IOException {
        return EventJson.read(Files.readAllBytes(data.resolve("endpoints.json")), Platform.Endpoints.class);
    }

    Console console() throws IOException {
        return new Console(
                endpoints().console(), Files.readString(data.resolve("token")).strip());
    }

    TestTopics topics() throws IOException {
        return new TestTopics(endpoints().brokers());
    }

    /** Makes the process halt, as a kill -9 would end it, when it comes to that point next. */
    void killAt(KillPoint point) throws IOException {
        Path next = data.resolve("kill-at.next");
        Files.writeString(next, point.name());
        Files.move(next, data.resolve(KillPoints.ARMED));
    }

    /** Waits for the end of a process that was to halt by itself. */
    void awaitKilled() {
        int status = exit(Duration.ofMinutes(2));
        if (status != KillPoints.STATUS) {
            throw new IllegalStateException("it ended with %d:%n%s".formatted(status, output()));
        }
    }

    /** SIGKILL, and no more than that. */
    void kill() {
        process.destroyForcibly();
        exit(Duration.ofSeconds(10));
    }

    /** The same, at a later moment; returns when it is dead. */
    void killAfter(Duration moment) {
        CompletableFuture.delayedExecutor(moment.toMillis(), TimeUnit.MILLISECONDS)
                .execute(process::destroyForcibly);
        exit(moment.plusSeconds(10));
    }

    /** SIGINT, as Ctrl-C sends it. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    /** The exit status. */
    int exit(Duration within) {
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("it still runs after %s:%n%s".formatted(within, output()));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has written so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Ends it with SIGTERM, and with SIGKILL if need be. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(12, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(output);
    }
}
