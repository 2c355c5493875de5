package io.holdfast.cli.vault;

import io.holdfast.cli.terminal.ProgressText;
import io.holdfast.vault.feedback.Watch;
import java.time.Duration;

/** Shows how far work is that measures itself. */
final class ShownWatch implements Watch {

    private static final String BYTES = "bytes of ";

    private volatile ProgressText text;

    /** @param what the work in a word, until it says what it does: {@code Checking} */
    ShownWatch(String what) {
        text = ProgressText.of(what);
    }

    @Override
    public void at(String what, long done, long of) {
        text = what.startsWith(BYTES)
                ? new ProgressText("Reading " + what.substring(BYTES.length()), 0, done, 0, of)
                : ProgressText.of("Reading " + what);
    }

    String line(Duration elapsed) {
        return text.line(elapsed);
    }
}
