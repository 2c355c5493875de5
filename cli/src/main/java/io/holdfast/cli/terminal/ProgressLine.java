package io.holdfast.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The last line of a terminal, drawn anew a few times a second and gone when the work is over. */
final class ProgressLine implements AutoCloseable {

    private static final long REDRAW_MILLIS = 200;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter terminal;
    private final Function<Duration, String> text;
    private final long start = System.nanoTime();
    private final ScheduledExecutorService redraw = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress-line").factory());
    private boolean closed;

    /** @param text the line after some time */
    ProgressLine(PrintWriter terminal, Function<Duration, String> text) {
        this.terminal = terminal;
        this.text = text;
        var _ = redraw.scheduleAtFixedRate(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void draw() {
        if (!closed) {
            terminal.print(CLEAR + text.apply(Duration.ofNanos(System.nanoTime() - start)));
            terminal.flush();
        }
    }

    /** Says a line which stays, above this one. */
    synchronized void above(String text) {
        terminal.println((closed ? "" : CLEAR) + text);
        terminal.flush();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            redraw.shutdownNow();
            terminal.print(CLEAR);
            terminal.flush();
        }
    }
}
