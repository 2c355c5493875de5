package io.holdfast.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RestoreSettingsTest {

    @EnableConfigurationProperties(RestoreSettings.class)
    static class Settings {}

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void servesNoArchivesByDefault() {
        runner.run(context ->
                assertThat(context.getBean(RestoreSettings.class)).isEqualTo(new RestoreSettings(null, null)));
    }

    @Test
    void takesEverySetting() {
        runner.withPropertyValues(
                        "holdfast.restore-service.token-file=/run/secrets/token",
                        "holdfast.restore-service.url=http://site:8080")
                .run(context -> assertThat(context.getBean(RestoreSettings.class))
                        .isEqualTo(new RestoreSettings(Path.of("/run/secrets/token"), "http://site:8080")));
    }
}
