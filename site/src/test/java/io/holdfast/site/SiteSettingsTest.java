package io.holdfast.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SiteSettingsTest {

    @EnableConfigurationProperties(SiteSettings.class)
    static class Settings {}

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void hasDefaults() {
        runner.withPropertyValues("holdfast.site.id=here", "holdfast.site.state-directory=/var/lib/holdfast")
                .run(context -> assertThat(context.getBean(SiteSettings.class))
                        .isEqualTo(new SiteSettings(
                                "here", Path.of("/var/lib/holdfast"), Duration.ofSeconds(5), List.of())));
    }

    @Test
    void takesEverySetting() {
        runner.withPropertyValues(
                        "holdfast.site.id=here",
                        "holdfast.site.state-directory=/state",
                        "holdfast.site.heartbeat-every=250ms",
                        "holdfast.site.own-directories[0]=/srv/own",
                        "holdfast.site.own-directories[1]=/srv/with, comma")
                .run(context -> assertThat(context.getBean(SiteSettings.class))
                        .isEqualTo(new SiteSettings(
                                "here",
                                Path.of("/state"),
                                Duration.ofMillis(250),
                                List.of(Path.of("/srv/own"), Path.of("/srv/with, comma")))));
    }

    @Test
    void refusesWhatCannotBe() {
        for (String wrong : List.of(
                "holdfast.site.id=Not A Name", "holdfast.site.id=central", "holdfast.site.heartbeat-every=0s")) {
            runner.withPropertyValues("holdfast.site.id=here", "holdfast.site.state-directory=/state", wrong)
                    .run(context -> assertThat(context).as(wrong).hasFailed());
        }
        runner.run(context -> assertThat(context).hasFailed());
    }

    @Test
    void namesTheSpeaker() {
        assertThat(new SiteSettings("here", Path.of("/s"), Duration.ofSeconds(5), List.of()).sourceOf("worker"))
                .isEqualTo("/sites/here/worker");
    }
}
