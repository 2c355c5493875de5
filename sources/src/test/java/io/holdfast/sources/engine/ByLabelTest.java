package io.holdfast.sources.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByLabelTest {

    @Test
    void choosesByALabelAndItsValue() {
        assertThat(ByLabel.of("label:docker-volume-backup.stop-during-backup=shop")
                        .orElseThrow()
                        .labels())
                .containsExactly("docker-volume-backup.stop-during-backup=shop");
        assertThat(ByLabel.of("label:a=b=c, d").orElseThrow().labels()).containsExactly("a=b=c, d");
    }

    @Test
    void choosesAServiceOfAComposeProjectButNotWhatRunsOnceBesideIt() {
        assertThat(ByLabel.of("compose:shop/api").orElseThrow().labels())
                .containsExactly(
                        "com.docker.compose.project=shop",
                        "com.docker.compose.service=api",
                        "com.docker.compose.oneoff=False");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "label:a",
                "label:a=",
                "label:=b",
                "label:a=b\nc",
                "compose:shop",
                "compose:shop/",
                "compose:shop/a/b",
                "api",
                ""
            })
    void choosesNothingByHalves(String named) {
        assertThat(ByLabel.of(named)).isEmpty();
    }
}
