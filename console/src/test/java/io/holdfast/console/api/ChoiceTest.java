package io.holdfast.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    private static final SortedMap<String, List<String>> TWO =
            new TreeMap<>(Map.of("rag", List.of("files", "redis"), "wiki", List.of("files")));

    @Test
    void theOnlyStackNeedsNoName() {
        assertThat(Choice.of(null, List.of(), new TreeMap<>(Map.of("rag", List.of("redis")))))
                .isEqualTo(new Choice("rag", List.of()));
    }

    @Test
    void aComponentThatOnlyOneStackHasTellsTheStack() {
        assertThat(Choice.of(null, List.of("redis"), TWO)).isEqualTo(new Choice("rag", List.of("redis")));
    }

    @Test
    void acceptsTheStackInFrontOfTheComponent() {
        assertThat(Choice.of(null, List.of("wiki/files"), TWO)).isEqualTo(new Choice("wiki", List.of("files")));
    }

    @Test
    void asksWhichStackIsMeant() {
        assertThatThrownBy(() -> Choice.of(null, List.of("files"), TWO)).hasMessageContaining("[rag, wiki]");
        assertThatThrownBy(() -> Choice.of(null, List.of(), TWO)).hasMessageContaining("[rag, wiki]");
        assertThatThrownBy(() -> Choice.of("rag", List.of("wiki/files"), TWO)).hasMessageContaining("one stack");
    }

    @Test
    void namesWhatThereIsWhenSomethingIsUnknown() {
        assertThatThrownBy(() -> Choice.of("rag", List.of("reids"), TWO))
                .hasMessageContaining("reids")
                .hasMessageContaining("[files, redis]");
        assertThatThrownBy(() -> Choice.of("rga", List.of(), TWO)).hasMessageContaining("[rag, wiki]");
    }

    @Test
    void neverWidensAnEmptyPlan() {
        assertThatThrownBy(() -> Choice.of(null, List.of(), new TreeMap<String, List<String>>()))
                .hasMessageContaining("plan");
    }
}
