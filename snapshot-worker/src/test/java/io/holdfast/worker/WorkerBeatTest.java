package io.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.events.Event;
import io.holdfast.events.Heartbeat.ServiceAlive;
import io.holdfast.events.ProgressEvent;
import io.holdfast.events.ProgressEvent.BackupProgressed;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.site.JournalWorker;
import io.holdfast.site.testing.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WorkerBeatTest {

    @TempDir
    private Path directory;

    private final CountDownLatch go = new CountDownLatch(1);
    private WorkerBench bench;
    private JournalWorker captures;

    @BeforeEach
    void bench() throws IOException {
        bench = new WorkerBench(directory);
        captures = new JournalWorker("test", bench.journal, _ -> go.await(), 1);
    }

    @AfterEach
    void stop() {
        captures.stop();
    }

    @Test
    void saysThatTheWorkerLives() {
        ServiceAlive alive = (ServiceAlive) beat().iterator().next();

        assertThat(alive.instance()).isEqualTo("here.snapshot-worker");
        assertThat(alive.site()).isEqualTo(TestSite.NAME);
        assertThat(alive.diskTotal()).isPositive();
        assertThat(alive.at()).isEqualTo(bench.site.clock().instant());
    }

    @Test
    void tellsOfEachThatIsCapturedTogether() throws IOException {
        bench.accepted(bench.together(1, "db"));
        captures.start();

        assertThat(beat())
                .filteredOn(BackupProgressed.class::isInstance)
                .extracting(
                        progress -> ((BackupProgressed) progress).component().component())
                .containsExactly("docs", "db");
    }

    @Test
    void renewsTheLeasesOfWhatRunsAndOfWhatWaits() throws IOException {
        bench.accepted(bench.request(1));
        bench.site.clock().advance(java.time.Duration.ofSeconds(1));
        bench.accepted(bench.request(bench.component, new RecoveryPointId("shop-next"), 3));
        bench.running.of(bench.request(1).backup()).advanced(2, 700);
        captures.start();
        await().until(() -> captures.stages().containsValue(JournalWorker.Stage.RUNNING));

        List<BackupProgressed> progress = progress();

        assertThat(progress)
                .extracting(BackupProgressed::state)
                .containsExactly(ProgressEvent.State.RUNNING, ProgressEvent.State.QUEUED);
        assertThat(progress).extracting(BackupProgressed::attempt).containsExactly(1, 3);
        assertThat(progress.getFirst().files()).isEqualTo(2);
        assertThat(progress.getFirst().bytes()).isEqualTo(700);
    }

    @Test
    void renewsTheLeaseOfTheNewestAttempt() throws IOException {
        bench.accepted(bench.request(1));
        captures.start();
        bench.accepted(bench.request(2));

        assertThat(progress()).extracting(BackupProgressed::attempt).containsExactly(2);
    }

    @Test
    void renewsNothingThatNobodyWorksOn() throws IOException {
        bench.accepted(bench.request(1));

        assertThat(progress()).isEmpty();
    }

    @Test
    void saysThatTheWorkerLivesWhenAnEntryIsDamaged() throws IOException {
        Files.writeString(bench.site.settings().stateDirectory().resolve("journal/open/x.json"), "damaged");

        assertThat(beat()).hasSize(1).first().isInstanceOf(ServiceAlive.class);
    }

    private Collection<Event> beat() {
        return new WorkerBeat(
                        bench.site.settings(),
                        bench.journal,
                        captures,
                        bench.running,
                        bench.site.plan(),
                        bench.site.clock())
                .get();
    }

    private List<BackupProgressed> progress() {
        return beat().stream()
                .filter(BackupProgressed.class::isInstance)
                .map(BackupProgressed.class::cast)
                .toList();
    }
}
