package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.Output;
import io.holdfast.cli.verb.Surroundings;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Asks a console again and again until something has ended. A console that is restarted meanwhile is waited for. */
final class Following {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_FAILURES = 60;
    private static final int NOT_READY = 503;

    private final Console console;
    private final Surroundings surroundings;
    private final Output output;
    private final Set<String> told = new HashSet<>();

    Following(Console console, Surroundings surroundings, Output output) {
        this.console = console;
        this.surroundings = surroundings;
        this.output = output;
    }

    /** Returns the last answer, having told what went wrong until then, unless that is told as JSON, which says it too. */
    JsonNode until(String path, RequestVerb work) throws Exception {
        JsonNode first = console.get(path);
        work.know(first);
        try (var _ = output.progress(work::progressLine)) {
            JsonNode now = first;
            int failures = 0;
            tellNews(work, now);
            while (!work.hasEnded(now)) {
                surroundings.pause(PAUSE);
                try {
                    now = console.get(path);
                    work.know(now);
                    tellNews(work, now);
                    failures = 0;
                } catch (CliException | ConsoleRefusal e) {
                    failures++;
                    if (!mayPass(e)) {
                        throw e;
                    }
                    if (failures >= MOST_FAILURES) {
                        throw Code.CONSOLE_UNREACHABLE
                                .because(work.whenLost(String.valueOf(e.getMessage())))
                                .causedBy(e);
                    }
                }
            }
            return now;
        }
    }

    private void tellNews(RequestVerb work, JsonNode now) {
        if (!output.isJson()) {
            work.problems(now).stream().filter(told::add).forEach(output::problem);
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
