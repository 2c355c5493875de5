package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path state;

    @Test
    @Timeout(10)
    void endsWhereTheStateWasDeletedUnderItAndPartOfItMadeAgain() throws Exception {
        List<String> said = new ArrayList<>();
        Guard guard = Guard.of(state, said::add);
        Files.delete(Brackets.below(state).resolve("owners"));

        guard.watchWhileNeeded();

        assertThat(said).isEmpty();
    }
}
