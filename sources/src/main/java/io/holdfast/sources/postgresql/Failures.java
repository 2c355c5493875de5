package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.process.CommandFailed;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * What went wrong with a server's programs, in an operator's words.
 *
 * @param place where the server is
 */
record Failures(String user, String place) {

    /** A line in which a program tells of a failure. */
    static final Pattern ERROR = Pattern.compile("\\b(ERROR|FATAL|error):");

    /** The same failure with a code, and what to do. */
    IOException explained(IOException e) {
        return switch (e) {
            case CommandFailed failed -> explained(failed);
            case EngineException engine ->
                new SourceException(
                        "HF-Q40",
                        "PostgreSQL in %s cannot be reached: %s Earlier snapshots are safe. See to the engine and the container, then try again."
                                .formatted(place, engine.getMessage()),
                        engine);
            default -> e;
        };
    }

    private IOException explained(CommandFailed failed) {
        String stderr = failed.stderr();
        if (stderr.contains("authentication failed")
                || stderr.contains("no password supplied")
                || (stderr.contains("role \"") && stderr.contains("does not exist"))) {
            return failure(
                    "HF-Q42", failed, "It refuses user '%s'. Correct user and password in the plan.".formatted(user));
        }
        if (stderr.contains("is not currently accepting connections")) {
            return failure(
                    "HF-Q43",
                    failed,
                    "Let it be connected to (ALTER DATABASE … ALLOW_CONNECTIONS true), or name the other databases in the plan.");
        }
        if (stderr.contains("database") && stderr.contains("does not exist")) {
            return failure("HF-Q43", failed, "Correct the database's name in the plan, or create it.");
        }
        if (stderr.contains("permission denied")) {
            return failure(
                    "HF-Q44",
                    failed,
                    "Let user '%s' read it, or name one who may; roles of the whole server (globals) need a superuser."
                            .formatted(user));
        }
        return switch (failed.reason()) {
            case INTERRUPTED -> failed;
            case NOT_STARTED ->
                failure(
                        "HF-Q41",
                        failed,
                        "Install PostgreSQL's client programs there, or name the server's container.");
            case STATUS, TIME_LIMIT, TOO_MUCH_OUTPUT, NOT_READ ->
                failure("HF-Q40", failed, "See whether the server runs and answers, then try again.");
        };
    }

    private SourceException failure(String code, CommandFailed failed, String remedy) {
        String why = failed.stderr()
                .lines()
                .filter(line -> ERROR.matcher(line).find())
                .findFirst()
                .orElseGet(() -> String.valueOf(failed.getMessage()));
        return new SourceException(
                code,
                "PostgreSQL in %s did not do what was asked: %s%s Earlier snapshots are safe. %s"
                        .formatted(place, why, why.endsWith(".") ? "" : ".", remedy),
                failed);
    }
}
