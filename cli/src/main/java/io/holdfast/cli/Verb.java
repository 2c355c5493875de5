package io.holdfast.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all verbs share: the global options, where they speak, and an end in order when they are interrupted. */
abstract class Verb implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        Logging.toStandardError(root().isDebug());
        try (var _ = new Interruption(output(), this::whenInterrupted)) {
            return run();
        } catch (Exception e) {
            throw e instanceof InterruptedException || Thread.currentThread().isInterrupted()
                    ? Code.INTERRUPTED.because(whenInterrupted()).causedBy(e)
                    : e;
        }
    }

    /** Does it; returns the exit code. */
    abstract int run() throws Exception;

    /** What an interruption means, for an operator. */
    String whenInterrupted() {
        return "Interrupted. Nothing was changed.";
    }

    final Root root() {
        return (Root) spec.root().userObject();
    }

    final Output output() {
        return root().output();
    }

    final Surroundings surroundings() {
        return root().surroundings();
    }

    final Path dataDirectory() {
        return root().dataDirectory();
    }

    /** The first of these environment variables that is set. */
    final Optional<String> environment(String... names) {
        for (String name : names) {
            String value = surroundings().environment(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    final CliException usage(String message) {
        return Code.USAGE.because("%s Nothing was changed. See 'holdfast %s --help'."
                .formatted(
                        message,
                        spec.qualifiedName().replaceFirst("^" + spec.root().name() + " ?", "")));
    }
}
