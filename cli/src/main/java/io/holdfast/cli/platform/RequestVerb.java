package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Json;
import io.holdfast.cli.terminal.ProgressText;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** A verb that asks for work which goes on by itself, and waits for its end where asked to. */
abstract class RequestVerb extends ConsoleVerb {

    @Option(
            names = {"-c", "--component"},
            paramLabel = "C",
            description = "Only this component; can be given again. Default: all.")
    private List<String> components = List.of();

    private volatile @Nullable JsonNode known;

    private final String what;
    private final String path;
    private final String hint;

    /**
     * @param what the word for what is asked for
     * @param path under which the console tells how it goes, by its id
     * @param hint where else that can be seen
     */
    RequestVerb(String what, String path, String hint) {
        this.what = what;
        this.path = path;
        this.hint = hint;
    }

    final List<String> components() {
        return components;
    }

    abstract boolean hasEnded(JsonNode now);

    /** What a person watches meanwhile. */
    abstract ProgressText progress(JsonNode now);

    /** What went wrong so far, a line each; each line is told once, as soon as it is known. */
    abstract List<String> problems(JsonNode now);

    /** Tells how it ended; returns the exit code. */
    abstract int report(JsonNode end);

    /** Tells that the console took the request on, and how it ends if that is waited for; returns the exit code. */
    final int accepted(Console console, JsonNode answer, boolean wait) throws Exception {
        String id = Json.read(answer, Answer.Accepted.class).id();
        if (wait) {
            know(answer);
            output().note("Waiting for %s %s".formatted(what, id));
            return report(end(console, id));
        }
        if (output().isJson()) {
            output().json(answer);
        } else {
            output().line("Asked for %s %s.".formatted(what, id));
            output().note("%s; --wait waits for it.".formatted(hint));
        }
        return ExitCodes.DONE;
    }

    /** Whoever reads JSON is told what is known also where the end is not waited for any more: the id, at least. */
    private JsonNode end(Console console, String id) throws Exception {
        try {
            return new Following(console, surroundings(), output()).until(Console.path(path, id), this);
        } catch (Exception e) {
            JsonNode last = known;
            if (output().isJson() && last != null) {
                output().json(last);
            }
            throw e;
        }
    }

    /** Takes in what a console last said of what was asked for. */
    final void know(JsonNode news) {
        known = news;
    }

    final String progressLine(Duration elapsed) {
        JsonNode last = known;
        return last == null ? "" : progress(last).line(elapsed);
    }

    /** What to say when the console took the request on, and is away for too long since. */
    final String whenLost(String why) {
        return "The console has given no answer for a minute, and the %s%s is no longer waited for. It was taken on, and goes on as soon as everything runs again: do not ask for it anew. %s. The last try: %s"
                .formatted(what, knownId(), hint, why);
    }

    @Override
    protected final String whenInterrupted() {
        return known == null
                ? "Interrupted. If the %s was asked for already, it goes on. %s.".formatted(what, hint)
                : "Interrupted. The %s%s was taken on, and goes on. %s.".formatted(what, knownId(), hint);
    }

    private String knownId() {
        JsonNode last = known;
        return last == null ? "" : " " + last.path("id").asString("");
    }
}
