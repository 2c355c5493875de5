package io.holdfast.sources.process;

import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.process.CommandFailed.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands, the same way on this host and in containers.
 *
 * <p>Each fails with {@link CommandFailed} unless the command ended with 0 in time, and with {@link
 * io.holdfast.sources.engine.EngineException} if the engine did not let it run, or went away meanwhile. After a failure
 * the command does not run any more, or the message says that it may.
 */
public final class Commands {

    /** What {@link #run} keeps of stdout at most, in bytes; for more there is {@link #stream}. */
    public static final int MOST_OUTPUT = 1024 * 1024;

    private static final int BUFFER = 16 * 1024;

    private final DockerEngine engine;

    /** @param engine for commands in containers; not connected for any other */
    public Commands(DockerEngine engine) {
        this.engine = engine;
    }

    /** Runs a command without stdin to its end. */
    public CommandOutput run(Command command) throws IOException {
        return run(command, null);
    }

    /**
     * Runs a command to its end that reads {@code stdin}. A command may end with 0 before it has read all of it.
     *
     * @param stdin not closed. If reading it fails, the command is killed, and what reading threw is thrown
     */
    public CommandOutput run(Command command, @Nullable InputStream stdin) throws IOException {
        return run(command, stdin, true);
    }

    /** Runs a command as {@link #run(Command, InputStream)} does, and throws away what it prints, of any length. */
    public void feed(Command command, InputStream stdin) throws IOException {
        run(command, stdin, false);
    }

    private CommandOutput run(Command command, @Nullable InputStream stdin, boolean keep) throws IOException {
        try (Watched watched = start(command, stdin != null)) {
            Feed feed = stdin == null ? null : new Feed(stdin, watched);
            try {
                byte[] stdout = collect(watched, keep);
                if (feed != null) {
                    feed.end();
                }
                return new CommandOutput(stdout, watched.stderr());
            } catch (IOException e) {
                if (feed != null) {
                    feed.end();
                }
                throw e;
            }
        }
    }

    /**
     * Starts a command and hands out what it prints, of any length. The stream's end is told only once the command has ended
     * with 0: before, {@code read} throws. Closing the stream before its end kills the command and throws too, so that a
     * part can never be taken for the whole.
     */
    public InputStream stream(Command command) throws IOException {
        return new CommandStream(start(command, false));
    }

    private static byte[] collect(Watched watched, boolean keep) throws IOException {
        var stdout = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        int read;
        while ((read = watched.read(buffer, 0, buffer.length)) >= 0) {
            if (!keep) {
                continue;
            }
            if (stdout.size() + read > MOST_OUTPUT) {
                throw watched.end(Reason.TOO_MUCH_OUTPUT);
            }
            stdout.write(buffer, 0, read);
        }
        return stdout.toByteArray();
    }

    private Watched start(Command command, boolean stdin) throws IOException {
        Running running = command.container() == null
                ? RunningOnHost.start(command, stdin)
                : RunningInContainer.start(engine, command, stdin);
        return new Watched(command, running);
    }
}
