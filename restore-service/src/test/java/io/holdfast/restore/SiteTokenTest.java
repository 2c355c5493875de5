package io.holdfast.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTokenTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void file() throws IOException {
        file = Files.writeString(directory.resolve("token"), "open sesame\n");
    }

    @Test
    void admitsWhoShowsTheToken() throws IOException {
        assertThat(new SiteToken(file).admits("Bearer open sesame")).isTrue();
    }

    @Test
    void turnsEverybodyElseAway() throws IOException {
        var token = new SiteToken(file);

        assertThat(token.admits(null)).isFalse();
        assertThat(token.admits("")).isFalse();
        assertThat(token.admits("open sesame")).isFalse();
        assertThat(token.admits("Bearer ")).isFalse();
        assertThat(token.admits("Bearer open")).isFalse();
        assertThat(token.admits("Bearer open sesame and more")).isFalse();
        assertThat(token.admits("Basic open sesame")).isFalse();
    }

    @Test
    void admitsNobodyWithoutAToken() throws IOException {
        assertThat(new SiteToken(null).admits("Bearer open sesame")).isFalse();
        Files.writeString(file, "  \n");
        assertThat(new SiteToken(file).admits("Bearer ")).isFalse();
    }

    @Test
    void followsAChangeOfTheToken() throws IOException {
        var token = new SiteToken(file);
        Files.writeString(file, "changed");

        assertThat(token.admits("Bearer open sesame")).isFalse();
        assertThat(token.admits("Bearer changed")).isTrue();
    }

    @Test
    void namesTheFileThatCannotBeRead() throws IOException {
        Files.delete(file);

        assertThatThrownBy(() -> new SiteToken(file).admits("Bearer open sesame"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("HF-R14 ")
                .hasMessageContaining(file.toString());
    }
}
