package io.holdfast.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void showsPartRateAndWhatIsLeft() {
        var half = new ProgressText("Backing up", 1, 50 << 20, 2, 100 << 20);
        assertThat(half.line(Duration.ofSeconds(1)))
                .isEqualTo("Backing up [=======>      ]  50%  50.0 MiB of 100.0 MiB");
        assertThat(half.line(Duration.ofSeconds(10))).endsWith("  5.0 MiB/s  0:10 left");
    }

    @Test
    void showsTimeWhereNothingIsKnownOfWhatLiesAhead() {
        assertThat(new ProgressText("Checking", 0, 0, 0, 0).line(Duration.ofSeconds(61)))
                .startsWith("Checking [")
                .endsWith("]  1:01");
    }

    @Property(tries = 300)
    void neverBreaksTheLineOfATerminal(
            @ForAll @LongRange(min = 0, max = 1L << 55) long bytes,
            @ForAll @LongRange(min = 0, max = 1L << 55) long ahead,
            @ForAll @LongRange(min = 0, max = 1L << 30) long millis) {
        String line = new ProgressText("Backing up", 9, bytes, 9, ahead).line(Duration.ofMillis(millis));
        assertThat(line).hasSizeLessThan(80).doesNotContain("\n");
        assertThat(line).doesNotContain("-");
    }

    @Test
    void drawsOnATerminalOnlyAndLeavesNothingBehind() throws Exception {
        var err = new StringWriter();
        var terminal = new Output(new PrintWriter(new StringWriter()), new PrintWriter(err, true), false, false, true);
        try (var _ = terminal.progress(_ -> "working")) {
            await().untilAsserted(() -> assertThat(err.toString()).contains("\r\u001b[Kworking"));
        }
        assertThat(err.toString()).endsWith("\r\u001b[K");
    }

    @Test
    void goesOnBelowWhatIsSaidMeanwhile() throws Exception {
        var err = new StringWriter();
        var terminal = new Output(new PrintWriter(new StringWriter()), new PrintWriter(err, true), false, false, true);
        try (var _ = terminal.progress(_ -> "working")) {
            terminal.note("said");
            await().untilAsserted(() -> assertThat(err.toString()).startsWith("\r\u001b[Ksaid\n\r\u001b[Kworking"));
        }
    }

    @Test
    void keepsSilentOnAPipeAndInJson() throws Exception {
        var pipe = new StringWriter();
        for (boolean json : new boolean[] {true, false}) {
            var silent =
                    new Output(new PrintWriter(new StringWriter()), new PrintWriter(pipe, true), json, false, json);
            silent.progress(_ -> "working").close();
        }
        assertThat(pipe.toString()).isEmpty();
    }
}
