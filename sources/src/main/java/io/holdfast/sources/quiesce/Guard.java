package io.holdfast.sources.quiesce;

import io.holdfast.sources.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Closes the brackets that a dead or a hanging process left open. It needs nothing but the site's state directory and what
 * the brackets name: no broker, no vault.
 *
 * <p>Whoever opens a bracket starts one beside itself, which outlives it and ends when nothing is left to watch. Another can
 * be run by whatever supervises processes; then none is started.
 */
public final class Guard {

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Somebody who looks for a guard stands in the way for a moment; a guard does for longer. */
    private static final int TRIES = 20;

    private final Path directory;
    private final Sweeper sweeper;
    private final Consumer<String> say;

    Guard(Path directory, Sweeper sweeper, Consumer<String> say) {
        this.directory = directory;
        this.sweeper = sweeper;
        this.say = say;
    }

    /**
     * A guard for a site.
     *
     * @param state the site's state directory
     * @param say takes one line for each bracket that was closed, and for each trouble
     */
    public static Guard of(Path state, Consumer<String> say) throws IOException {
        Path directory = Brackets.below(state);
        DurableFiles.createDirectory(directory);
        return new Guard(directory, OnThisHost.sweeper(directory), say);
    }

    /** The process that is started beside a worker: {@code Guard STATE}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        of(Path.of(arguments[0]), line -> System.out.println(Clock.systemUTC().instant() + " " + line))
                .watchWhileNeeded();
    }

    /** Watches until nobody is left who could open a bracket and nothing is left to be brought back, or another guard does. */
    void watchWhileNeeded() throws IOException, InterruptedException {
        int tries = 0;
        while (tries < TRIES && Files.isDirectory(directory)) {
            Optional<Watch> watch = Watch.take(directory);
            if (watch.isPresent()) {
                try (var _ = watch.get()) {
                    while (Files.isDirectory(directory) && sweep()) {
                        Thread.sleep(EVERY);
                    }
                }
                // Who came while it ended may have seen it still.
                if (!Files.isDirectory(directory) || !sweeper.isNeeded()) {
                    return;
                }
                tries = 0;
            } else {
                tries++;
                Thread.sleep(EVERY.dividedBy(10));
            }
        }
    }

    /** Watches until the thread is interrupted, whether needed or not, after any guard that does already. */
    public void watch() throws IOException, InterruptedException {
        while (true) {
            Optional<Watch> watch = Watch.take(directory);
            if (watch.isPresent()) {
                try (var _ = watch.get()) {
                    while (true) {
                        sweep();
                        Thread.sleep(EVERY);
                    }
                }
            }
            Thread.sleep(EVERY);
        }
    }

    /** @return whether there may be more to do */
    private boolean sweep() {
        try {
            sweeper.sweep().forEach(say);
            return sweeper.isNeeded();
        } catch (IOException e) {
            say.accept("Cannot look after brackets in %s: %s".formatted(directory, e));
            return true;
        }
    }
}
