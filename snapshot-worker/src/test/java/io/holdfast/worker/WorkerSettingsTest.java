package io.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WorkerSettingsTest {

    @EnableConfigurationProperties(WorkerSettings.class)
    static class Settings {}

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void capturesTwoComponentsAtOnceByDefault() {
        runner.run(context -> assertThat(context.getBean(WorkerSettings.class)).isEqualTo(new WorkerSettings(2)));
    }

    @Test
    void takesEverySetting() {
        runner.withPropertyValues("holdfast.snapshot-worker.parallel-captures=7")
                .run(context ->
                        assertThat(context.getBean(WorkerSettings.class)).isEqualTo(new WorkerSettings(7)));
    }

    @Test
    void refusesWhatCannotBe() {
        for (int wrong : new int[] {0, 33}) {
            runner.withPropertyValues("holdfast.snapshot-worker.parallel-captures=" + wrong)
                    .run(context -> assertThat(context).hasFailed());
        }
    }
}
