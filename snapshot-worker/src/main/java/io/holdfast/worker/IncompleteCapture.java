package io.holdfast.worker;

import io.holdfast.events.SnapshotKind;
import io.holdfast.site.SnapshotTags;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.feedback.Problem;
import java.io.IOException;
import java.util.stream.Collectors;

/** A snapshot was stored that lacks something, or is of no one state though it should be. It is kept, but it is no good backup. */
final class IncompleteCapture extends IOException {

    private static final int SHOWN = 5;

    private final String code;

    private IncompleteCapture(String code, String what, BackupResult result, String remedy) {
        super(
                "%s %s. What was captured is kept as snapshot %s, which counts as no good backup; earlier snapshots are safe. %s"
                        .formatted(code, what, result.snapshot().id().shortForm(), remedy));
        this.code = code;
    }

    /** Fails unless the snapshot was tagged as a good one. */
    static void requireGood(BackupResult result) throws IncompleteCapture {
        if (!result.isComplete()) {
            String first = result.problems().stream()
                    .limit(SHOWN)
                    .map(Problem::toString)
                    .collect(Collectors.joining("; "));
            throw new IncompleteCapture(
                    "HF-W05",
                    "%d files could not be captured whole: %s"
                            .formatted(result.problems().size(), first),
                    result,
                    "Let the worker read these files, or exclude them.");
        }
        boolean good = SnapshotTags.of(result.snapshot())
                .filter(tags -> tags.kind() == SnapshotKind.REGULAR)
                .isPresent();
        if (!good) {
            throw new IncompleteCapture(
                    "HF-W08",
                    "Something else writes to it while what the plan names rests: %s"
                            .formatted(Changed.text(result.changes()).orElse("it changed")),
                    result,
                    "Name whatever else writes there under quiesce too, or exclude these files. If a state as after a power cut will do, let nothing rest for it: quiesce: none, and consistency: separate where its stack is captured together.");
        }
    }

    String code() {
        return code;
    }
}
