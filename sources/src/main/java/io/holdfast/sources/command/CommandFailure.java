package io.holdfast.sources.command;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.process.CommandFailed;
import java.io.IOException;

/** Says for an operator why a command did not do what it should. */
final class CommandFailure {

    private CommandFailure() {}

    /**
     * The same failure with a code; what has one already, and what is none of the command's, stays as it is.
     *
     * @param at the component's place in its snapshots
     */
    static IOException of(IOException failure, String at, String program, String whatIsSafe) {
        return switch (failure) {
            case CommandFailed failed ->
                switch (failed.reason()) {
                    case NOT_STARTED -> failure("HF-Q80", at, failed, whatIsSafe + " Install it, or correct the plan.");
                    case STATUS -> failure("HF-Q82", at, failed, whatIsSafe + " Run it by hand to see why.");
                    case TIME_LIMIT ->
                        failure(
                                "HF-Q84",
                                at,
                                failed,
                                whatIsSafe + " See what it waits for, or raise limit in the plan.");
                    case TOO_MUCH_OUTPUT, NOT_READ, INTERRUPTED -> failed;
                };
            case EngineException engine ->
                new SourceException(
                        "HF-Q81",
                        "Cannot run the command of %s ('%s'): %s %s See to the engine and the container, then try again."
                                .formatted(at, program, engine.getMessage(), whatIsSafe),
                        engine);
            default -> failure;
        };
    }

    private static SourceException failure(String code, String at, CommandFailed failed, String rest) {
        String message = String.valueOf(failed.getMessage());
        String end = message.endsWith(".") ? "" : ".";
        return new SourceException(code, "The command of %s failed: %s%s %s".formatted(at, message, end, rest), failed);
    }
}
