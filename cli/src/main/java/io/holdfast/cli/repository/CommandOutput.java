package io.holdfast.cli.repository;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/** What a program writes to its standard output. Closing it fails if the program did; its complaints go to standard error. */
public final class CommandOutput extends FilterInputStream {

    private final String program;
    private final Process process;

    private CommandOutput(String program, Process process) {
        super(process.getInputStream());
        this.program = program;
        this.process = process;
    }

    /** Starts the program, with nothing on its standard input. */
    public static CommandOutput of(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        return new CommandOutput(command.getFirst(), process);
    }

    @Override
    public void close() throws IOException {
        super.close();
        try {
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("%s ended with %d".formatted(program, exit));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
