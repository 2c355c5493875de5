package io.holdfast.sources.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "-v", "../x", "a/b", "a b", "a?force=1", "a%2Fb", "a\nb", "_a", "ä"})
    void refusesNamesThatCouldBeTakenForSomethingElse(String name) {
        assertThatThrownBy(() -> Names.name("container", name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "shop_db-1", "a.b", "0a"})
    void takesNamesThatAnEngineGives(String name) {
        assertThat(Names.name("container", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data", "/a/../b", "/..", "/a\0b"})
    void refusesPathsThatClimbOrBeginNowhere(String path) {
        assertThatThrownBy(() -> Names.path("path", path)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesCommandsThatCannotBe() {
        assertThatThrownBy(() -> ExecSpec.of()).hasMessageContaining("program");
        assertThatThrownBy(() -> ExecSpec.of("ls", "a\0b")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> new ExecSpec(List.of("ls"), Map.of("A=B", "c"), null, null))
                .hasMessageContaining("variable");
        assertThatThrownBy(() -> new ExecSpec(List.of("ls"), Map.of(), "--privileged", null))
                .hasMessageContaining("user");
    }

    @Test
    void showsNoValueOfTheEnvironment() {
        assertThat(new ExecSpec(List.of("ls"), Map.of("PASSWORD", "swordfish"), null, null).toString())
                .contains("PASSWORD")
                .doesNotContain("swordfish");
    }
}
