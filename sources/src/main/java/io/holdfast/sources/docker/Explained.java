package io.holdfast.sources.docker;

import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.stream.ExplainedInput;
import java.io.IOException;
import java.io.InputStream;

/** Failures of the engine, with a code and what is safe. */
final class Explained {

    static final String NOT_CAPTURED = "Nothing was captured; earlier snapshots are safe.";
    static final String NOT_TOUCHED = "Nothing was touched.";
    static final String HALF_DONE = "What was there may be partly replaced; restore again.";

    interface Call<T> {
        T run() throws IOException;
    }

    private Explained() {}

    /** @param safe a sentence */
    static <T> T calling(String safe, Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (EngineException e) {
            throw of(e, safe);
        }
    }

    /**
     * A stream of the engine that may break off while it is read.
     *
     * @param safe a sentence
     */
    static InputStream reading(String safe, Call<InputStream> open) throws IOException {
        return new ExplainedInput(
                calling(safe, open), e -> e instanceof EngineException failure ? of(failure, safe) : e);
    }

    static IOException of(EngineException e, String safe) {
        return switch (e.reason()) {
            case INTERRUPTED -> e;
            case UNREACHABLE ->
                failure("HF-Q10", e, safe, "Start the engine, or let Holdfast reach it (DOCKER_HOST, its socket).");
            case CONFLICT, SERVER_ERROR, LOST -> failure("HF-Q10", e, safe, "Look at the engine's log, and try again.");
            case NO_SUCH_CONTAINER -> failure("HF-Q11", e, safe, "Correct its name in the plan, or start its stack.");
            case NO_SUCH_VOLUME -> failure("HF-Q12", e, safe, "Correct its name in the plan, or start its stack.");
            case NO_SUCH_PATH -> failure("HF-Q13", e, safe, "Correct the path in the plan.");
            case DENIED -> failure("HF-Q15", e, safe, "Let the socket proxy pass the calls of docs/operations.md.");
            case NO_SUCH_IMAGE ->
                failure(
                        "HF-Q18",
                        e,
                        safe,
                        "Set HOLDFAST_HELPER_IMAGE to an image that the engine has; none is pulled.");
            case BAD_NAME -> failure("HF-Q19", e, safe, "Correct the plan.");
        };
    }

    private static SourceException failure(String code, EngineException e, String safe, String remedy) {
        return new SourceException(code, "%s %s %s".formatted(sentence(e), safe, remedy), e);
    }

    private static String sentence(EngineException e) {
        String message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }
}
