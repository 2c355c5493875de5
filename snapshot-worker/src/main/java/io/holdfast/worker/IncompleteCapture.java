package io.holdfast.worker;

import io.holdfast.vault.BackupResult;
import io.holdfast.vault.Problem;
import java.io.IOException;
import java.util.stream.Collectors;

/** A snapshot was stored that lacks something. It is kept, but it is no good backup. */
final class IncompleteCapture extends IOException {

    static final String CODE = "HF-W05";

    private static final int SHOWN = 5;

    IncompleteCapture(BackupResult result) {
        super(
                "%s %d files could not be captured as they are: %s. What was captured is kept as snapshot %s, which counts as no good backup; earlier snapshots are safe. Let the worker read these files, exclude them, or let whoever writes them rest during the capture."
                        .formatted(
                                CODE,
                                result.problems().size(),
                                result.problems().stream()
                                        .limit(SHOWN)
                                        .map(Problem::toString)
                                        .collect(Collectors.joining("; ")),
                                result.snapshot().id().shortForm()));
    }
}
