package io.holdfast.sources.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void readsACommandAsAShellWould() {
        assertThat(Words.of("/bin/sh -c 'mysqldump --all-databases > /backups/dump.sql'"))
                .containsExactly("/bin/sh", "-c", "mysqldump --all-databases > /backups/dump.sql");
        assertThat(Words.of("  a\t\"b \\\"c\\\" \\d\" e'f g'\\ h ''  "))
                .containsExactly("a", "b \"c\" \\d", "ef g h", "");
        assertThat(Words.of(" ")).isEmpty();
    }

    @Test
    void knowsNothingElseOfAShell() {
        assertThat(Words.of("echo $(id) `id` $HOME ; a && b | c > d *"))
                .isEqualTo(List.of("echo", "$(id)", "`id`", "$HOME", ";", "a", "&&", "b", "|", "c", ">", "d", "*"));
    }

    @Test
    void refusesWhatHasNoEnd() {
        assertThatThrownBy(() -> Words.of("sh -c 'a")).hasMessageContaining("not closed");
        assertThatThrownBy(() -> Words.of("sh \\")).hasMessageContaining("backslash");
    }
}
