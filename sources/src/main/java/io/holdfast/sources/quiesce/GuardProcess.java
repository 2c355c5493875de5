package io.holdfast.sources.quiesce;

import io.holdfast.sources.component.SourceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts a guard as a process of its own, from this process's class path, unless one watches already. It is in a session of
 * its own where the system has {@code setsid}, so that what ends this process's group does not end it.
 */
final class GuardProcess implements GuardStart {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);
    private static final List<String> OPTIONS = List.of(
            "-Xmx32m",
            "-Xms4m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=16m",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-Dlogback.configurationFile=holdfast/guard-logback.xml");

    private final Path state;
    private final Path directory;

    /** @param state the site's state directory */
    GuardProcess(Path state) {
        this.state = state;
        directory = Brackets.below(state);
    }

    @Override
    public synchronized void ensure() throws SourceException {
        try {
            if (!Watch.isKept(directory)) {
                start();
            }
        } catch (IOException e) {
            throw new SourceException(
                    "HF-Q28",
                    "The guard, which brings everything back if this process dies, cannot be started: %s. Nothing was touched. See why; %s may tell more."
                            .formatted(e.getMessage(), log()),
                    e);
        }
    }

    private void start() throws IOException {
        var builder = new ProcessBuilder(command());
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = builder.redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        long deadline = System.nanoTime() + STARTS_WITHIN.toNanos();
        while (!Watch.isKept(directory)) {
            if (!process.isAlive()) {
                throw new IOException("it ended at once");
            }
            if (System.nanoTime() - deadline > 0) {
                process.destroyForcibly();
                throw new IOException("it is not ready after %d s".formatted(STARTS_WITHIN.toSeconds()));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        setsid().ifPresent(program -> command.add(program.toString()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Guard.class.getName()));
        command.add(state.toString());
        return command;
    }

    private static Optional<Path> setsid() {
        String path = System.getenv("PATH");
        return Stream.of(path == null ? new String[0] : path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, "setsid"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Path log() {
        return directory.resolve("guard.log");
    }
}
