package io.holdfast.vault.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.archive.ArchiveName.Length;
import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveNameTest {

    @Property
    void everyDayLiesInOnePeriodOfEachLengthWhoseNameReadsBack(
            @ForAll Length length, @ForAll @IntRange(max = 3_000_000) int days) {
        LocalDate day = LocalDate.ofEpochDay(days - 700_000L);
        ArchiveName name = ArchiveName.of(length, day);

        assertThat(day).isAfterOrEqualTo(name.begin()).isBefore(name.end());
        assertThat(ArchiveName.of(length, name.end().minusDays(1))).isEqualTo(name);
        assertThat(ArchiveName.of(length, name.end()).begin()).isEqualTo(name.end());
        assertThat(ArchiveName.parse(name.toString())).contains(name);
    }

    @Test
    void isWrittenAsPeopleDo() {
        LocalDate day = LocalDate.of(2026, 8, 31);
        assertThat(ArchiveName.of(Length.YEAR, day)).hasToString("2026");
        assertThat(ArchiveName.of(Length.QUARTER, day)).hasToString("2026-Q3");
        assertThat(ArchiveName.of(Length.MONTH, day)).hasToString("2026-08");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "26", "2026-", "2026-Q5", "2026-13", "2026-00", "2026-8", "x2026", "2026-08-01", "lost+found"
            })
    void isNoOtherText(String text) {
        assertThat(ArchiveName.parse(text)).isEmpty();
    }

    @Test
    void beginsWhereItsPeriodDoes() {
        assertThatThrownBy(() -> new ArchiveName(Length.QUARTER, LocalDate.of(2026, 2, 1)))
                .hasMessageContaining("no QUARTER begins on 2026-02-01");
    }
}
