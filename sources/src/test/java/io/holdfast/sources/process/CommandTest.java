package io.holdfast.sources.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void showsNoValueOfTheEnvironment() {
        assertThat(Command.of("pg_dump").with("PGPASSWORD", "swordfish").toString())
                .contains("PGPASSWORD")
                .doesNotContain("swordfish");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> Command.of()).hasMessageContaining("program");
        assertThatThrownBy(() -> Command.of("ls").as("postgres")).hasMessageContaining("on the host");
        assertThatThrownBy(() -> Command.of("ls").at("relative")).hasMessageContaining("directory");
        assertThatThrownBy(() -> Command.of("ls").within(Duration.ZERO)).hasMessageContaining("limit");
        assertThatThrownBy(() -> Command.of("ls").with("A B", "c")).hasMessageContaining("variable");
    }
}
