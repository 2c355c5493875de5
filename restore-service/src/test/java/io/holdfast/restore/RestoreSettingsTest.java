package io.holdfast.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
        runner.run(context -> assertThat(context.getBean(RestoreSettings.class))
                .isEqualTo(new RestoreSettings(null, List.of(), null)));
    }

    @Test
    void takesEverySetting() {
        runner.withPropertyValues(
                        "holdfast.restore-service.token-file=/run/secrets/token",
                        "holdfast.restore-service.keep-out-of[0]=/srv/own",
                        "holdfast.restore-service.keep-out-of[1]=/srv/with, comma",
                        "holdfast.restore-service.url=http://site:8080")
                .run(context -> assertThat(context.getBean(RestoreSettings.class))
                        .isEqualTo(new RestoreSettings(
                                Path.of("/run/secrets/token"),
                                List.of(Path.of("/srv/own"), Path.of("/srv/with, comma")),
                                "http://site:8080")));
    }
}
