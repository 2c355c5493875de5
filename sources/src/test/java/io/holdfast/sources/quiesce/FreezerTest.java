package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written where, after what the kernel says there; {@code BracketIT} shows that processes rest and go on. */
class FreezerTest {

    @TempDir
    private Path root;

    private Path state;

    @BeforeEach
    void oneContainer() throws IOException {
        state = Files.createDirectories(root.resolve("docker/some")).resolve("freezer.state");
    }

    @ParameterizedTest
    @CsvSource({"FROZEN, true", "FREEZING, true", "THAWED, false"})
    void thawsWhatIsFrozenOrAboutToBe(String now, boolean thawed) throws IOException {
        Files.writeString(state, now + "\n");

        assertThat(new Freezer(root).thaw("some")).isEqualTo(thawed);

        assertThat(Files.readString(state).strip()).isEqualTo("THAWED");
    }

    @ParameterizedTest
    @CsvSource({"FROZEN, false, FROZEN", "FREEZING, false, FREEZING", "THAWED, true, FROZEN"})
    void freezesWhatIsThawed(String now, boolean frozen, String then) throws IOException {
        Files.writeString(state, now + "\n");

        assertThat(new Freezer(root).freeze("some")).isEqualTo(frozen);

        assertThat(Files.readString(state).strip()).isEqualTo(then);
    }

    @Test
    void leavesAloneWhatIsNotOfThisHost() throws IOException {
        assertThat(new Freezer(root).thaw("another")).isFalse();
        assertThat(new Freezer(root).freeze("another")).isFalse();
    }
}
