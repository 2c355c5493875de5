package io.holdfast.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SchedulerSettingsTest {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(WithSettings.class);

    @EnableConfigurationProperties(SchedulerSettings.class)
    static class WithSettings {}

    @Test
    void hasPatienceByDefault() {
        context.run(
                started -> assertThat(started.getBean(SchedulerSettings.class)).isEqualTo(Facts.SETTINGS));
    }

    @Test
    void readsEverySetting() {
        context.withPropertyValues(
                        "holdfast.scheduler.tick=500ms",
                        "holdfast.scheduler.lease=10s",
                        "holdfast.scheduler.start-within=1h",
                        "holdfast.scheduler.deadline=2h",
                        "holdfast.scheduler.retry-after=3s",
                        "holdfast.scheduler.retries=4",
                        "holdfast.scheduler.gather=0s")
                .run(started -> assertThat(started.getBean(SchedulerSettings.class))
                        .isEqualTo(new SchedulerSettings(
                                Duration.ofMillis(500),
                                Duration.ofSeconds(10),
                                Duration.ofHours(1),
                                Duration.ofHours(2),
                                4,
                                Duration.ofSeconds(3),
                                Duration.ZERO)));
    }

    @Test
    void refusesATickThatIsNoMatchForTheLeaseAndReportsAllFaults() {
        context.withPropertyValues(
                        "holdfast.scheduler.tick=1m", "holdfast.scheduler.retries=-1", "holdfast.scheduler.deadline=0s")
                .run(started -> assertThat(started.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("tick must be at most a quarter of lease")
                        .hasMessageContaining("retries")
                        .hasMessageContaining("deadline"));
    }
}
