package io.holdfast.sources.process;

import io.holdfast.sources.engine.Tail;
import io.holdfast.sources.process.CommandFailed.Reason;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** A process of this host. */
final class RunningOnHost implements Running {

    private static final List<String> INHERITED = List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR");
    private static final int STDERR = 8192;

    private final Process process;
    private final Mark mark;
    private final Tail stderr = new Tail(STDERR);
    private final Thread stderrReader;

    private RunningOnHost(Process process, Mark mark) {
        this.process = process;
        this.mark = mark;
        stderrReader = Thread.ofVirtual().name("stderr").start(this::readStderr);
    }

    static Running start(Command command, boolean stdin) throws IOException {
        Mark mark = Mark.random();
        var builder = new ProcessBuilder(command.argv());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        environment.putAll(command.environment());
        mark.put(environment);
        if (command.directory() != null) {
            builder.directory(new File(command.directory()));
        }
        try {
            Process process = builder.start();
            if (!stdin) {
                process.getOutputStream().close();
            }
            return new RunningOnHost(process, mark);
        } catch (IOException e) {
            throw new CommandFailed(
                    Reason.NOT_STARTED,
                    "Cannot start '%s': there is no such program, or no such directory to run it in, or it may not be run."
                            .formatted(command.program()),
                    null,
                    "",
                    null);
        }
    }

    private void readStderr() {
        try (InputStream from = process.getErrorStream()) {
            from.transferTo(stderr);
        } catch (IOException _) {
            // What came until then is kept.
        }
    }

    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public String stderr() {
        return stderr.text();
    }

    @Override
    public int await() throws IOException {
        try {
            int status = process.waitFor();
            stderrReader.join();
            return status;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    public void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        mark.bearers().forEach(ProcessHandle::destroyForcibly);
    }
}
