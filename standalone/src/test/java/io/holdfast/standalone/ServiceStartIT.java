package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.embedded.LoopbackPorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service alone that cannot start, or not yet. */
class ServiceStartIT {

    private static final Duration START_WITHIN = Duration.ofMinutes(2);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void namesTheSettingsThatAreMissing() throws Exception {
        try (RunningHoldfast worker = RunningHoldfast.service(
                directory, "snapshot-worker", List.of("spring.kafka.bootstrap-servers=" + nobody()))) {
            assertThat(worker.exit(START_WITHIN)).isEqualTo(1);
            assertThat(worker.output())
                    .contains("HF-S43 Cannot start snapshot-worker: ")
                    .contains("holdfast.site.id must not be null", "holdfast.site.stateDirectory must not be null")
                    .doesNotContain("APPLICATION FAILED TO START", "\tat ");
        }
    }

    @Test
    void knowsNoOtherService() throws Exception {
        try (RunningHoldfast unknown = RunningHoldfast.service(directory, "tea-service", List.of())) {
            assertThat(unknown.exit(START_WITHIN)).isEqualTo(1);
            assertThat(unknown.output()).startsWith("HF-S41 There is no service 'tea-service'. Nothing was started.");
        }
    }

    @Test
    void saysThatTheBrokerIsAwayAndEndsWhenToldWhileItWaits() throws Exception {
        String broker = nobody();
        try (RunningHoldfast worker = RunningHoldfast.service(
                directory,
                "snapshot-worker",
                List.of(
                        "spring.kafka.bootstrap-servers=" + broker,
                        "server.address=127.0.0.1",
                        "server.port=0",
                        "holdfast.site.id=harbour",
                        "holdfast.site.state-directory=" + directory.resolve("site")))) {
            await().atMost(START_WITHIN)
                    .until(() ->
                            worker.output().contains("HF-M01 The Kafka broker at [" + broker + "] does not answer"));

            worker.interrupt();

            worker.exit(Duration.ofSeconds(10));
            assertThat(worker.output()).doesNotContain("\tat ", "ERROR");
            assertThat(worker.output().lines().filter(line -> line.contains(" INFO ")))
                    .as("of libraries only what goes wrong is logged")
                    .allMatch(line -> line.contains("i.h."));
        }
    }

    private String nobody() {
        return LoopbackPorts.HOST + ":" + new LoopbackPorts(directory.resolve("ports")).claim("nobody", 0);
    }
}
