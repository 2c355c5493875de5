package io.holdfast.cli.verb;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.Output;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all verbs share: the global options, where they speak, and an end in order when they are interrupted. */
public abstract class Verb implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        Logging.toStandardError(invocation().isDebug());
        try (var _ = new Interruption(output(), this::whenInterrupted)) {
            return run();
        } catch (Exception e) {
            throw e instanceof InterruptedException || Thread.currentThread().isInterrupted()
                    ? Code.INTERRUPTED.because(whenInterrupted()).causedBy(e)
                    : e;
        }
    }

    /** Does it; returns the exit code. */
    protected abstract int run() throws Exception;

    /** What an interruption means, for an operator. */
    protected String whenInterrupted() {
        return "Interrupted. Nothing was changed.";
    }

    protected final Invocation invocation() {
        return Invocation.of(spec);
    }

    protected final Output output() {
        return invocation().output();
    }

    protected final Surroundings surroundings() {
        return invocation().surroundings();
    }

    protected final Path dataDirectory() {
        return invocation().dataDirectory();
    }

    /** The first of these environment variables that is set. */
    protected final Optional<String> environment(String... names) {
        for (String name : names) {
            String value = surroundings().environment(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** A mistake in the command line, to be thrown before anything is changed. */
    protected final CliException usage(String message) {
        return Code.USAGE.because("%s Nothing was changed. See 'holdfast %s --help'."
                .formatted(
                        message,
                        spec.qualifiedName().replaceFirst("^" + spec.root().name() + " ?", "")));
    }
}
