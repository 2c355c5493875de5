package io.holdfast.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void writesSizesWithOneDecimalAndNeverAThousandOfAUnit() {
        assertThat(Text.size(0)).isEqualTo("0 B");
        assertThat(Text.size(1023)).isEqualTo("1023 B");
        assertThat(Text.size(1536)).isEqualTo("1.5 KiB");
        assertThat(Text.size(1024 * 1024 - 1)).isEqualTo("1.0 MiB");
        assertThat(Text.size(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
    }

    @Test
    void writesTimesWithTheOffsetOfTheirDay() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(Text.time(Instant.parse("2026-07-01T12:00:00Z"), berlin)).isEqualTo("2026-07-01 14:00:00 +02:00");
        assertThat(Text.time(null, berlin)).isEqualTo("-");
    }

    @Test
    void writesDurations() {
        assertThat(Text.duration(Duration.ofSeconds(65))).isEqualTo("1:05");
        assertThat(Text.duration(Duration.ofSeconds(7209))).isEqualTo("2:00:09");
    }

    @Test
    void quotesWordsForAShell() {
        assertThat(Text.quoted("/srv/vault")).isEqualTo("/srv/vault");
        assertThat(Text.quoted("it's here")).isEqualTo("'it'\\''s here'");
    }

    @Test
    void leavesNothingThatDrivesATerminal() {
        assertThat(Text.printable("a\u001b[31mb\nc\u202ed")).isEqualTo("a\ufffd[31mb\ufffdc\ufffdd");
    }

    @Test
    void readsTimesAsPeopleWriteThem() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Instant two = Instant.parse("2026-11-21T13:00:00Z");
        assertThat(PointInTime.parse("2026-11-21 14:00", berlin)).contains(two);
        assertThat(PointInTime.parse("2026-11-21T14:00:00", berlin)).contains(two);
        assertThat(PointInTime.parse("2026-11-21T13:00:00Z", berlin)).contains(two);
        assertThat(PointInTime.parse("2026-11-21 14:00:00 +01:00", berlin)).contains(two);
        assertThat(PointInTime.parse("2026-10-25 02:30", berlin)).contains(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(PointInTime.parse("2026-11-21", berlin)).isEmpty();
        assertThat(PointInTime.parse("noon", berlin)).isEmpty();
    }

    @Test
    void alignsTables() {
        Table table = new Table("Name", ">Size");
        table.row("a", "10 B");
        table.row("longer", "9 B");
        assertThat(table.lines()).containsExactly("Name    Size", "a       10 B", "longer   9 B");
    }
}
