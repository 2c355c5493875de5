package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A capture that outlasts all patience, which is made short here: what an hour is to the defaults. */
class LongCaptureIT {

    /** Of a site's silence as well as of a consumer that is busy with what it received. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void isAskedForOnceAndHoldsUpNothing() throws Exception {
        TestStack stack = TestStack.in(directory, "documents");
        Path end = directory.resolve("end");
        addExport(stack, end);
        Map<String, String> impatient = Map.of(
                "HOLDFAST_SCHEDULER_LEASE",
                PATIENCE.toMillis() + "ms",
                "HOLDFAST_SITE_HEARTBEATEVERY",
                "1s",
                "SPRING_KAFKA_CONSUMER_PROPERTIES_MAX_POLL_INTERVAL_MS",
                String.valueOf(PATIENCE.toMillis()));

        try (RunningHoldfast holdfast = RunningHoldfast.up(stack.data(), stack.plan(), impatient)) {
            Console console = holdfast.console();
            String first = console.awaitFirstBackup();
            awaitProgressFor(PATIENCE.multipliedBy(2), holdfast.topics());

            String beside = console.post(
                            "/api/backups/create", Map.of("name", "beside", "collections", List.of("documents")), null)
                    .path("id")
                    .stringValue();
            console.awaitBackup(beside, "vault", "east", "west");
            assertThat(console.get("/api/backups/" + first).path("status").stringValue())
                    .isEqualTo("RUNNING");

            Files.createFile(end);
            console.awaitBackup(first, "vault", "east", "west");
            assertThat(exports(holdfast.topics()))
                    .singleElement()
                    .satisfies(request -> assertThat(request.attempt()).isEqualTo(1));
            assertThat(holdfast.topics().events(Topics.BACKUPS.name(), SnapshotTaken.class))
                    .filteredOn(taken -> taken.component().component().equals("export"))
                    .hasSize(1);
        }
    }

    private static void addExport(TestStack stack, Path end) throws IOException {
        String plan = Files.readString(stack.plan());
        Files.writeString(stack.plan(), plan.replace("contacts:\n", """
                      - name: export
                        command: {run: [sh, -c, "until [ -e '%s' ]; do sleep 0.2; done; echo all of it"], file-name: export.txt}
                contacts:
                """.formatted(end)));
    }

    /** Each record of progress renews the lease. */
    private static void awaitProgressFor(Duration time, TestTopics topics) {
        String backup = exports(topics).getFirst().backup().value();
        Awaitility.await().atMost(Console.PATIENCE).until(() -> {
            LongSummaryStatistics when = topics.records(Topics.PROGRESS.name()).stream()
                    .filter(progress -> progress.key().equals(backup))
                    .mapToLong(ConsumerRecord::timestamp)
                    .summaryStatistics();
            return when.getCount() > 0 && when.getMax() - when.getMin() > time.toMillis();
        });
    }

    /** What was asked for of the component that takes so long. */
    private static List<BackupRequested> exports(TestTopics topics) {
        return topics.events(Topics.requests("local").name(), BackupRequested.class).stream()
                .filter(request -> request.component().component().equals("export"))
                .toList();
    }
}
