package io.holdfast.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Asks a console again and again until something has ended. A console that is restarted meanwhile is waited for. */
final class Following {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_FAILURES = 60;
    private static final int NOT_READY = 503;

    private final Console console;
    private final Surroundings surroundings;
    private final Output output;

    Following(Console console, Surroundings surroundings, Output output) {
        this.console = console;
        this.surroundings = surroundings;
        this.output = output;
    }

    /** @param line what a person watches meanwhile */
    JsonNode until(String path, Predicate<JsonNode> ended, Function<JsonNode, ProgressText> line) throws Exception {
        JsonNode first = console.get(path);
        AtomicReference<JsonNode> latest = new AtomicReference<>(first);
        try (var _ = output.progress(elapsed -> line.apply(latest.get()).line(elapsed))) {
            JsonNode now = first;
            int failures = 0;
            while (!ended.test(now)) {
                surroundings.pause(PAUSE);
                try {
                    now = console.get(path);
                    latest.set(now);
                    failures = 0;
                } catch (CliException | ConsoleRefusal e) {
                    failures++;
                    if (failures >= MOST_FAILURES || !mayPass(e)) {
                        throw e;
                    }
                }
            }
            return now;
        }
    }

    private static boolean mayPass(RuntimeException e) {
        return switch (e) {
            case CliException ours -> ours.code() != Code.INTERRUPTED;
            case ConsoleRefusal refusal -> refusal.status() == NOT_READY;
            default -> false;
        };
    }
}
