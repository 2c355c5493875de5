package io.holdfast.sources.engine;

import io.holdfast.sources.engine.EngineException.Reason;
import io.holdfast.sources.stream.ExplainedInput;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A command that runs in a container. It has no limit of time: whoever needs one calls {@link #kill} from another thread,
 * as {@link io.holdfast.sources.process.Commands} does.
 *
 * <p>Stdout must be read to its end, or the command stands still; stdin may be written by another thread meanwhile.
 */
public final class Exec implements Closeable {

    /** How much of stderr is kept: its last bytes. */
    static final int STDERR = 8192;

    private static final Duration DEATH = Duration.ofSeconds(10);

    private final ExecCalls calls;
    private final ContainerId container;
    private final String id;
    private final String mark;
    private final Duplex connection;
    private final Tail stderr = new Tail(STDERR);
    private final Frames stdout;
    private volatile boolean ended;

    /** @param isFed whether something is written to its stdin */
    Exec(
            ExecCalls calls,
            ContainerId container,
            String id,
            String mark,
            Duplex connection,
            boolean isFed,
            Failures failures) {
        this.calls = calls;
        this.container = container;
        this.id = id;
        this.mark = mark;
        this.connection = connection;
        InputStream in = isFed ? new ResetIsEnd(connection.in()) : connection.in();
        stdout = new Frames(in, stderr, how -> failures.lost("run a command in " + container, how));
    }

    /** Closing it is the end of the command's stdin. */
    public OutputStream stdin() {
        return new FilterOutputStream(connection.out()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                connection.endOutput();
            }
        };
    }

    /**
     * What the command prints. Its end says nothing of success: ask {@link #await} then. Fails if the engine, or the
     * connection to it, goes away.
     */
    public InputStream stdout() {
        return new ExplainedInput(
                stdout, e -> calls.failed("read what a command in container %s prints".formatted(container), e));
    }

    /** The last 8 KiB of what it printed to stderr until now; all of that once stdout has ended. */
    public String stderr() {
        return stderr.text();
    }

    /**
     * The exit status, once stdout has ended; above 128 if a signal ended it.
     *
     * @throws EngineException LOST if that cannot be known, or if it still runs after {@code patience}
     */
    public int await(Duration patience) throws EngineException {
        int status = calls.exitStatus(id, patience);
        ended = true;
        return status;
    }

    /**
     * Ends the command and all that it started, with SIGKILL, and then the connection. The engine has no call for that,
     * so it takes {@code sh} and {@code grep} in the container, and a container that is not paused.
     *
     * @throws EngineException if the command may still run
     */
    public void kill() throws EngineException {
        try {
            Uninterrupted.run(() -> {
                calls.kill(container, mark);
                await(DEATH);
            });
        } finally {
            disconnect();
        }
    }

    /** Kills the command unless its end was seen. */
    @Override
    public void close() throws EngineException {
        if (ended) {
            disconnect();
        } else {
            kill();
        }
    }

    private void disconnect() throws EngineException {
        try {
            connection.close();
        } catch (IOException e) {
            throw new EngineException(Reason.LOST, "Cannot close the connection to a command: " + e.getMessage(), e);
        }
    }
}
