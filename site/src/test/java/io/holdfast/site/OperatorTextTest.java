package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;

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
    void namesTheExceptionWhereItSaysNothing() {
        assertThat(OperatorText.of("HF-W04", new IOException())).isEqualTo("IOException");
    }
}
