package io.holdfast.sources.chroma;

import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a server or its files, before it is known what that means for a backup or a restore. */
final class ChromaFailure extends IOException {

    static final String NOTHING_CAPTURED = "Nothing was captured; earlier snapshots are safe.";
    static final String KEPT_INCOMPLETE =
            "What was read is kept as an incomplete snapshot; earlier snapshots are safe.";
    static final String NOTHING_TOUCHED = "Nothing was touched.";
    static final String PUT_BACK = "The files of the snapshot were put back and stay there; the vault is not affected.";

    interface Step<T> {
        T run() throws IOException, InterruptedException;
    }

    private final String code;
    private final String problem;
    private final String remedy;

    /** @param problem what failed, on what and why; a sentence, as the remedy is */
    ChromaFailure(String code, String problem, String remedy) {
        this(code, problem, remedy, null);
    }

    ChromaFailure(String code, String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.code = code;
        this.problem = problem;
        this.remedy = remedy;
    }

    String problem() {
        return problem;
    }

    /** @param safe what is safe; a sentence */
    SourceException explained(String safe) {
        return new SourceException(code, "%s %s %s".formatted(problem, safe, remedy), this);
    }

    /** @param safe what is safe if the step fails; a sentence */
    static <T> T explaining(String safe, Step<T> step) throws IOException, InterruptedException {
        try {
            return step.run();
        } catch (ChromaFailure e) {
            throw e.explained(safe);
        }
    }
}
