package io.holdfast.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a command speaks: results to standard output, everything else to standard error. */
public final class Output {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final boolean quiet;
    private final boolean terminal;
    private volatile boolean silenced;

    private volatile @Nullable ProgressLine progress;

    /** @param terminal whether a person watches standard error */
    public Output(PrintWriter out, PrintWriter err, boolean json, boolean quiet, boolean terminal) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.quiet = quiet;
        this.terminal = terminal;
    }

    public boolean isJson() {
        return json;
    }

    /** One line of the result. A reader that has gone away ends the command. */
    public void line(String text) {
        out.println(text);
        if (out.checkError()) {
            throw Code.OUTPUT_CLOSED.because(
                    "Cannot write to standard output: its reader has gone or its disk is full. The rest was not shown.");
        }
    }

    /** One line beside the result, from any thread. Whether anybody still reads is asked for the result. */
    public void detail(String text) {
        out.println(text);
    }

    /** One document of the result, on one line. */
    public void json(Object document) {
        line(Json.line(document));
    }

    public void table(Table table) {
        table.lines().forEach(this::line);
    }

    /** Something beside the result, for a person: not said in JSON mode, nor to who wants it quiet. */
    public void note(String text) {
        if (!json && !quiet) {
            say(text);
        }
    }

    /** Something that went wrong beside the rest, in either mode. */
    public void problem(String text) {
        say(text);
    }

    /** What ends the command. */
    public void error(String code, String message) {
        ProgressLine line = progress;
        if (line != null) {
            line.close();
        }
        say(json ? Json.line(new Ended(new Complaint(code, message))) : code + " " + message);
    }

    /** Shows how work goes on, if a person watches; what is said meanwhile stands above it, and an error ends it. */
    public AutoCloseable progress(Function<Duration, String> text) {
        if (json || quiet || !terminal) {
            return () -> {};
        }
        ProgressLine line = new ProgressLine(err, text);
        progress = line;
        return line;
    }

    /** Where in the program a problem arose. */
    public void trace(Throwable problem) {
        problem.printStackTrace(err);
        err.flush();
    }

    /** Says nothing more: the last word was said by {@link #error}. */
    public void silence() {
        silenced = true;
    }

    private record Ended(Complaint error) {}

    private record Complaint(String code, String message) {}

    private void say(String text) {
        if (!silenced) {
            ProgressLine line = progress;
            if (line == null) {
                err.println(text);
                err.flush();
            } else {
                line.above(text);
            }
        }
    }
}
