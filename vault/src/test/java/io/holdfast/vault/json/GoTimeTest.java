package io.holdfast.vault.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class GoTimeTest {

    private static final Instant TIME = Instant.parse("2026-03-01T23:30:05.12Z");

    @Test
    void keepsTheOffsetThatATimeWasWrittenWith() {
        ZoneOffset india = ZoneOffset.ofHoursMinutes(5, 30);
        assertThat(GoTime.format(TIME, india)).isEqualTo("2026-03-02T05:00:05.12+05:30");
        assertThat(GoTime.format(TIME, ZoneOffset.UTC)).isEqualTo("2026-03-01T23:30:05.12Z");
        assertThat(GoTime.parseZoned("2026-03-02T05:00:05.12+05:30").getOffset())
                .isEqualTo(india);
        assertThat(GoTime.parse("2026-03-02T05:00:05.12+05:30")).isEqualTo(TIME);
    }

    @Test
    void leavesNoYearThatCannotBeSpelled() {
        assertThat(GoTime.format(Instant.MAX, ZoneOffset.ofHours(2))).isEqualTo("9999-12-31T23:59:59.999999999Z");
        assertThat(GoTime.format(Instant.MIN, ZoneOffset.ofHours(-2))).isEqualTo("0000-01-01T00:00:00Z");
    }
}
