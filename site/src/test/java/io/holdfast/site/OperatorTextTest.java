package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

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
}
