package io.holdfast.uploader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class UploadSettingsTest {

    @EnableConfigurationProperties(UploadSettings.class)
    static class Settings {}

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void hasDefaults() {
        runner.run(context -> assertThat(context.getBean(UploadSettings.class))
                .isEqualTo(new UploadSettings(Duration.ofMinutes(10), Duration.ofSeconds(15))));
    }

    @Test
    void takesEverySetting() {
        runner.withPropertyValues("holdfast.upload-service.compare-every=1h", "holdfast.upload-service.retry-after=2s")
                .run(context -> assertThat(context.getBean(UploadSettings.class))
                        .isEqualTo(new UploadSettings(Duration.ofHours(1), Duration.ofSeconds(2))));
    }

    @Test
    void refusesAPaceThatWouldNeverRest() {
        for (String wrong :
                List.of("holdfast.upload-service.compare-every=0s", "holdfast.upload-service.retry-after=1ms")) {
            runner.withPropertyValues(wrong)
                    .run(context -> assertThat(context).as(wrong).hasFailed());
        }
    }
}
