package io.holdfast.sources.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sources.component.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DumpStreamTest {

    @Test
    void handsOutADump() throws IOException {
        assertThat(of("PGDMP and more").readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("PGDMP and more");
    }

    @Test
    void refusesWhatIsNoDump() {
        for (String output : new String[] {"", "PG", "pg_dump: hello"}) {
            assertThatThrownBy(() -> of(output).readAllBytes())
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q46"));
        }
    }

    private static DumpStream of(String output) {
        return new DumpStream(
                new ByteArrayInputStream(output.getBytes(StandardCharsets.UTF_8)),
                "PGDMP".getBytes(StandardCharsets.UTF_8),
                UnaryOperator.identity());
    }
}
