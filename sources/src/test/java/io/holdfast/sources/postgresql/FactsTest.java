package io.holdfast.sources.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sources.component.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FactsTest {

    private static final TablePatterns NONE = TablePatterns.of(List.of());

    private final Facts facts = new Facts(
            150_018,
            "app",
            new TreeMap<>(Map.of("vector", "0.8.0")),
            new TreeMap<>(Map.of("public.documents", 12L, "audit.logs", 7L)));

    @Test
    void areReadAsTheyWereWritten() throws SourceException {
        assertThat(Facts.fromJson(facts.toJson())).isEqualTo(facts);
    }

    @Test
    void areRefusedWhereTheyAreNoneOfOurs() {
        assertThatThrownBy(() -> Facts.fromJson("[]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q47"));
    }

    @Test
    void tellHowTheRowsDiffer() {
        assertThat(facts.differences(Map.of("public.documents", 11L), NONE))
                .containsExactly("audit.logs is missing", "public.documents has 11 rows instead of 12");
        assertThat(facts.differences(Map.of("public.documents", 12L, "audit.logs", 7L, "public.new", 1L), NONE))
                .isEmpty();
    }

    @Test
    void expectNoRowsWhereTheDumpMayHaveLeftThemOut() {
        TablePatterns logs = TablePatterns.of(List.of("logs"));
        assertThat(facts.differences(Map.of("public.documents", 12L, "audit.logs", 0L), logs))
                .isEmpty();
        assertThat(facts.differences(Map.of("public.documents", 12L, "audit.logs", 3L), logs))
                .containsExactly("audit.logs has 3 rows instead of 7");
    }

    @Test
    void takePatternsAsPgDumpDoes() {
        assertThat(TablePatterns.of(List.of("Audit.L*")).matches("audit.logs")).isTrue();
        assertThat(TablePatterns.of(List.of("audit.l?gs")).matches("audit.logs"))
                .isTrue();
        assertThat(TablePatterns.of(List.of("\"Logs\"")).matches("audit.\"Logs\""))
                .isTrue();
        assertThat(TablePatterns.of(List.of("Logs")).matches("audit.\"Logs\"")).isFalse();
        assertThat(TablePatterns.of(List.of("log")).matches("audit.logs")).isFalse();
    }
}
