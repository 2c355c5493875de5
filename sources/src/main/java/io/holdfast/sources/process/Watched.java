package io.holdfast.sources.process;

import io.holdfast.sources.process.CommandFailed.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running command that is killed when its time is over, or when the thread that reads from it is interrupted. */
final class Watched implements Closeable {

    private static final long LOOK_MILLIS = 100;
    private static final int LINES_OF_STDERR = 3;
    private static final int MOST_OF_STDERR = 600;

    /** With these and nothing on stderr, an engine says that it could not start the program. */
    private static final List<Integer> NOT_STARTED = List.of(126, 127);

    private final Command command;
    private final Running running;
    private final Masks masks;
    private final long deadline;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Thread reader;
    private volatile @Nullable Reason killedFor;
    private volatile @Nullable IOException stillRuns;

    Watched(Command command, Running running) {
        this.command = command;
        this.running = running;
        masks = new Masks(command.environment().values());
        deadline = System.nanoTime() + command.limit().toNanos();
        Thread.ofVirtual().name("watch").start(this::watch);
    }

    private void watch() {
        try {
            while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                Thread reading = reader;
                if (System.nanoTime() - deadline > 0) {
                    kill(Reason.TIME_LIMIT);
                } else if (reading != null && reading.isInterrupted()) {
                    kill(Reason.INTERRUPTED);
                }
            }
        } catch (InterruptedException _) {
            kill(Reason.INTERRUPTED);
        }
    }

    OutputStream stdin() {
        return running.stdin();
    }

    String stderr() {
        return masks.mask(running.stderr());
    }

    /** As {@link InputStream#read(byte[], int, int)}; the end is told only of a command that ended with 0. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        reader = Thread.currentThread();
        try {
            int read = running.stdout().read(bytes, offset, length);
            if (read < 0) {
                end();
            }
            return read;
        } catch (CommandFailed e) {
            throw e;
        } catch (IOException e) {
            throw cut(e);
        } finally {
            reader = null;
        }
    }

    private void end() throws IOException {
        int status = running.await();
        over.countDown();
        if (status != 0) {
            throw killedFor != null ? killed(killedFor, null) : failed(status);
        }
    }

    /** Of a failure to read: what it comes from, if that is known. */
    private IOException cut(IOException failure) {
        Reason reason = Thread.currentThread().isInterrupted() ? Reason.INTERRUPTED : killedFor;
        kill(reason == null ? Reason.NOT_READ : reason);
        return reason == null ? failure : killed(reason, failure);
    }

    /** Kills it once, and makes the failure of that. */
    CommandFailed end(Reason reason) {
        kill(reason);
        return killed(reason, null);
    }

    private synchronized void kill(Reason reason) {
        if (killedFor == null && over.getCount() > 0) {
            killedFor = reason;
            try {
                running.kill();
            } catch (IOException e) {
                stillRuns = e;
            }
        }
        over.countDown();
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    private CommandFailed failed(int status) {
        String stderr = stderr();
        if (command.container() != null && NOT_STARTED.contains(status) && stderr.isBlank()) {
            return new CommandFailed(
                    Reason.NOT_STARTED,
                    "%s could not be started (status %d): there is no such program there, or it may not be run."
                            .formatted(what(), status),
                    status,
                    stderr,
                    null);
        }
        return new CommandFailed(
                Reason.STATUS,
                "%s ended with status %d%s".formatted(what(), status, last(stderr)),
                status,
                stderr,
                null);
    }

    private CommandFailed killed(Reason reason, @Nullable Throwable cause) {
        String stderr = stderr();
        String why = switch (reason) {
            case TIME_LIMIT ->
                "took longer than %d s and was killed".formatted(command.limit().toSeconds());
            case TOO_MUCH_OUTPUT -> "printed more than %d bytes and was killed".formatted(Commands.MOST_OUTPUT);
            case NOT_READ -> "was killed, since its output was not read to the end";
            case INTERRUPTED -> "was killed, since this thread was interrupted";
            case NOT_STARTED, STATUS -> "failed";
        };
        IOException left = stillRuns;
        String rest = left == null ? "" : "; IT MAY STILL RUN: " + masks.mask(String.valueOf(left.getMessage()));
        return new CommandFailed(reason, what() + " " + why + rest + last(stderr), null, stderr, cause);
    }

    private String what() {
        return command.container() == null
                ? "'%s'".formatted(command.program())
                : "'%s' in container %.12s".formatted(command.program(), command.container());
    }

    /** Its last lines, in one. */
    private static String last(String stderr) {
        List<String> lines = stderr.lines()
                .map(line -> line.replaceAll("\\p{Cntrl}+", " ").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        String last = String.join(" / ", lines.subList(Math.max(0, lines.size() - LINES_OF_STDERR), lines.size()));
        String shown = last.length() <= MOST_OF_STDERR ? last : "…" + last.substring(last.length() - MOST_OF_STDERR);
        return shown.isEmpty() ? "" : ": " + shown;
    }

    /** Kills it unless it is over. */
    @Override
    public void close() {
        kill(Reason.NOT_READ);
    }
}
