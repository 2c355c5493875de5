package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.EventJson;
import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorTextTest {

    @Test
    void leavesTheCodeToItsOwnField() {
        assertThat(OperatorText.of("HF-Q02", new IOException("HF-Q02 /srv is gone.")))
                .isEqualTo("/srv is gone.");
    }

    @Test
    void keepsATextThatBeginsOtherwise() {
        assertThat(OperatorText.of("HF-Q02", new IOException("HF-Q021 is another code")))
                .isEqualTo("HF-Q021 is another code");
    }

    @Test
    void tellsWhatCouldNotBeBroughtBackAfterwardsAndNothingTwice() {
        var failure = new SourceException("HF-Q22", "It cannot be stopped.");
        failure.addSuppressed(new SourceException("HF-Q24", "It cannot be started."));
        failure.addSuppressed(new SourceException("HF-Q22", "It cannot be stopped."));
        failure.addSuppressed(new IOException("nothing for an operator"));

        assertThat(OperatorText.of("HF-Q22", failure)).isEqualTo("It cannot be stopped. HF-Q24 It cannot be started.");
    }

    @Test
    void namesTheExceptionWhereItSaysNothing() {
        assertThat(OperatorText.of("HF-W04", new IOException())).isEqualTo("IOException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e9", "\uD83D\uDCBE", "y\uD83D\uDCBE"})
    void cutsTheMiddleOutOfATextThatFitsIntoNoEvent(String what) {
        String cause = "There is no snapshot for '" + what.repeat(262_000) + "'. Nothing was touched.";

        String text = OperatorText.of("HF-R03", new IOException("HF-R03 " + cause));

        assertThat(text).startsWith("There is no snapshot for '" + what).endsWith("'. Nothing was touched.");
        assertThat(EventJson.write(text)).hasSizeLessThan(100_000);
        assertThat(text).containsPattern("\\[…\\d+ characters…]");
    }

    @Test
    void leavesALongTextThatFitsAsItIs() {
        String text = "x".repeat(16 * 1024);

        assertThat(OperatorText.of("HF-R03", new IOException(text))).isEqualTo(text);
    }
}
