package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    @Test
    void saysWhatTheLastCauseWithACodeSays() {
        var coded = new IOException("HF-J11 The journal cannot be used.", new AccessDeniedException("/state/x.json"));

        assertThat(reason(new UncheckedIOException("HF-J11 The journal", coded)))
                .isEqualTo("HF-J11 The journal cannot be used.");
    }

    @Test
    void saysInWordsWhatOnlyAPathIsToldOf() {
        assertThat(reason(new AccessDeniedException("/state/x.json"))).isEqualTo("/state/x.json may not be accessed");
    }

    @Test
    void saysWhatTheLastCauseSaysWhereNoneHasACode() {
        assertThat(reason(new IllegalStateException("it is odd"))).isEqualTo("it is odd");
    }

    private static String reason(Exception e) {
        return StartFailure.reason(new IllegalStateException("Error creating bean with name 'restores'", e));
    }
}
