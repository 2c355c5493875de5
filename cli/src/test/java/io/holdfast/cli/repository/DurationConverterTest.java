package io.holdfast.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DurationConverterTest {

    @Test
    void readsTimesAsResticWritesThem() {
        DurationConverter times = new DurationConverter();
        assertThat(times.convert("1h30m")).hasMinutes(90);
        assertThat(times.convert("5m")).hasSeconds(300);
        assertThat(times.convert("90s")).hasSeconds(90);
        assertThatThrownBy(() -> times.convert("")).hasMessageContaining("is no time");
    }
}
