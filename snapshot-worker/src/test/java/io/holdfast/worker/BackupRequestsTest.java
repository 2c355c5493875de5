package io.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.events.BackupEvent.BackupAccepted;
import io.holdfast.events.BackupEvent.BackupRefused;
import io.holdfast.events.BackupKind;
import io.holdfast.events.Received;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.RecoveryPointRequested;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreId;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.messaging.DeadLetters;
import io.holdfast.messaging.LaidAside;
import io.holdfast.site.Journal;
import io.holdfast.site.JournalWorker;
import io.holdfast.site.testing.TestSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(30)
@Execution(ExecutionMode.CONCURRENT)
class BackupRequestsTest {

    @TempDir
    private Path directory;

    private WorkerBench bench;
    private JournalWorker captures;
    private BackupRequests requests;
    private final List<String> carriedOut = new CopyOnWriteArrayList<>();
    private final List<ProducerRecord<String, Received>> setAside = new ArrayList<>();

    @BeforeEach
    void requests() throws IOException {
        bench = new WorkerBench(directory);
        captures = new JournalWorker("test", bench.journal, entry -> carriedOut.add(entry.id()), 1);
        captures.start();
        requests = new BackupRequests(
                bench.journal,
                captures,
                TestSite.NAME,
                bench.site.announcer(),
                new DeadLetters(setAside::add),
                bench.site.clock());
    }

    @AfterEach
    void stop() {
        captures.stop();
    }

    @Test
    void takesARequestInSaysSoAndHasItCarriedOut() {
        requests.accept(bench.received(bench.request(1)));

        assertThat(bench.site.published().events())
                .containsExactly(new BackupAccepted(
                        bench.component, bench.request(1).backup(), 1, WorkerBench.POINT, TestSite.NAME));
        await().until(() -> carriedOut.equals(List.of(bench.request(1).backup().value())));
    }

    @Test
    void saysOfEachThatIsAskedForTogetherThatItIsTakenIn() throws IOException {
        captures.stop();

        requests.accept(bench.received(bench.together(1, "db")));

        assertThat(bench.site.published().all(BackupAccepted.class))
                .extracting(accepted -> accepted.component() + " " + accepted.backup())
                .containsExactly("shop/docs shop-20261121T020000Z.docs", "shop/db shop-20261121T020000Z.db");
        assertThat(bench.journal.entries()).hasSize(1);
    }

    @Test
    void refusesAllThatIsAskedForTogetherTooLate() {
        bench.site.clock().advance(WorkerBench.UNTIL_EXPIRY.plusSeconds(1));

        requests.accept(bench.received(bench.together(1, "db")));

        assertThat(bench.site.published().all(BackupRefused.class))
                .extracting(refused -> refused.component().component())
                .containsExactly("docs", "db");
    }

    @Test
    void hasTheRequestInTheJournalBeforeItIsAcknowledged() throws IOException {
        captures.stop();

        requests.accept(bench.received(bench.request(1)));

        assertThat(bench.site.journal().entries())
                .extracting(Journal.Entry::request)
                .containsExactly(bench.request(1));
    }

    @Test
    void saysNothingNewOfWhatHasEnded() throws IOException {
        bench.journal.finish(bench.accepted(bench.request(1)));

        requests.accept(bench.received(bench.request(1)));

        assertThat(bench.site.published().events()).isEmpty();
        assertThat(bench.journal.entries()).isEmpty();
    }

    @Test
    void saysAgainThatAnOpenRequestIsAccepted() throws IOException {
        captures.stop();
        bench.accepted(bench.request(1));

        requests.accept(bench.received(bench.request(1)));

        assertThat(bench.site.published().names()).containsExactly("BackupAccepted");
        assertThat(bench.journal.entries()).hasSize(1);
    }

    @Test
    void refusesWhatComesTooLate() throws IOException {
        bench.site.clock().advance(WorkerBench.UNTIL_EXPIRY.plusSeconds(1));

        requests.accept(bench.received(bench.request(1)));

        BackupRefused refused = bench.site.published().only(BackupRefused.class);
        assertThat(refused.code()).isEqualTo("HF-W01");
        assertThat(refused.message()).contains("shop/docs", "2026-11-21T14:00:00Z", "Nothing was captured");
        assertThat(bench.journal.entries()).isEmpty();
    }

    @Test
    void refusesNothingThatItTookInBefore() throws IOException {
        captures.stop();
        bench.accepted(bench.request(1));
        bench.site.clock().advance(WorkerBench.UNTIL_EXPIRY.plusSeconds(1));

        requests.accept(bench.received(bench.request(1)));
        bench.journal.finish(bench.journal.entries().getFirst());
        requests.accept(bench.received(bench.request(1)));

        assertThat(bench.site.published().all(BackupRefused.class)).isEmpty();
    }

    @Test
    void refusesALateAttemptWithoutHarmToTheOneUnderWay() throws IOException {
        captures.stop();
        bench.accepted(bench.request(1));
        bench.site.clock().advance(WorkerBench.UNTIL_EXPIRY.plusSeconds(1));

        requests.accept(bench.received(bench.request(2)));

        assertThat(bench.site.published().only(BackupRefused.class).attempt()).isEqualTo(2);
        assertThat(bench.journal.entries()).extracting(Journal.Entry::attempt).containsExactly(1);
    }

    @Test
    void takesAManifestInOnce() throws IOException {
        captures.stop();

        requests.accept(bench.received(bench.manifest(true)));
        requests.accept(bench.received(bench.manifest(true)));

        assertThat(bench.journal.entries())
                .extracting(Journal.Entry::id)
                .containsExactly("manifest-" + WorkerBench.POINT);
    }

    @Test
    void leavesRestoresToTheRestoreService() throws IOException {
        requests.accept(bench.received(new RestoreRequested(
                new RestoreId("r1"),
                "shop",
                List.of(),
                "latest",
                null,
                null,
                null,
                null,
                "operator",
                "test",
                bench.site.clock().instant())));

        assertThat(bench.journal.entries()).isEmpty();
        assertThat(setAside).isEmpty();
    }

    @Test
    void setsAsideWhatIsNoRequest() {
        var original = new Received.Original(Map.of(), new byte[] {1});
        var broken = new Received.Broken("no JSON", original);
        var unknown = new Received.Unknown("id", "backup-requested.v9", original);
        var fact = bench.received(
                new BackupAccepted(bench.component, bench.request(1).backup(), 1, WorkerBench.POINT, TestSite.NAME));

        List.of(WorkerBench.received(broken), WorkerBench.received(unknown), fact)
                .forEach(requests);

        assertThat(setAside).extracting(ProducerRecord::value).containsExactly(broken, unknown, fact.getPayload());
        assertThat(setAside).extracting(ProducerRecord::key).containsOnly(WorkerBench.KEY);
        assertThat(setAside).extracting(ProducerRecord::topic).containsOnly("holdfast.dead-letters");
    }

    @Test
    void setsAsideARequestThatIsForTheScheduler() {
        var misplaced = bench.received(new RecoveryPointRequested(
                "shop",
                new RecoveryPointId("shop-upgrade"),
                List.of(),
                BackupKind.INCREMENTAL,
                null,
                "operator",
                bench.site.clock().instant().plusSeconds(60)));

        requests.accept(misplaced);

        assertThat(setAside)
                .singleElement()
                .satisfies(letter -> assertThat(letter.value()).isEqualTo(misplaced.getPayload()))
                .extracting(letter ->
                        new String(letter.headers().lastHeader(LaidAside.REASON).value(), StandardCharsets.UTF_8))
                .asString()
                .contains("recovery-point-requested.v1", "not for this topic");
        assertThat(bench.site.published().events()).isEmpty();
    }

    @Test
    void letsTheRecordBeOfferedAgainWhenTheJournalCannotBeWritten() throws IOException {
        Path open = bench.site.settings().stateDirectory().resolve("journal/open");
        Files.delete(open);

        assertThatThrownBy(() -> requests.accept(bench.received(bench.request(1))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("HF-W03 ");
        assertThat(bench.site.published().events()).isEmpty();

        Files.createDirectory(open);
        requests.accept(bench.received(bench.request(1)));
        assertThat(bench.site.published().names()).containsExactly("BackupAccepted");
    }

    @Test
    void letsTheRecordBeOfferedAgainWhenTheBrokerIsAway() throws IOException {
        bench.site.published().goAwayAfter(0);

        assertThatThrownBy(() -> requests.accept(bench.received(bench.request(1))))
                .isInstanceOf(BrokerUnavailable.class);
        assertThat(bench.journal.entries()).hasSize(1);

        bench.site.published().comeBack();
        requests.accept(bench.received(bench.request(1)));
        assertThat(bench.site.published().names()).containsExactly("BackupAccepted");
        await().atMost(Duration.ofSeconds(5)).until(() -> carriedOut.size() == 1);
    }
}
