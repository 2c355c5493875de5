package io.holdfast.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.events.Received;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreEvent.RestoreAccepted;
import io.holdfast.events.RestoreEvent.RestoreRefused;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.site.JournalWorker;
import io.holdfast.site.testing.TestSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(30)
@Execution(ExecutionMode.CONCURRENT)
class RestoreRequestsTest {

    @TempDir
    private Path directory;

    private RestoreBench bench;
    private JournalWorker restores;
    private RestoreRequests requests;
    private final List<String> carriedOut = new CopyOnWriteArrayList<>();

    @BeforeEach
    void requests() throws IOException {
        bench = new RestoreBench(directory);
        restores = new JournalWorker("test", bench.journal, entry -> carriedOut.add(entry.id()), 1);
        requests =
                new RestoreRequests(bench.journal, restores, TestSite.NAME, bench.site.announcer(), bench.site.clock());
    }

    @AfterEach
    void stop() {
        restores.stop();
    }

    @Test
    void takesARestoreInSaysSoAndHasItCarriedOut() {
        restores.start();

        requests.accept(bench.received(bench.request("latest")));

        RestoreAccepted accepted = bench.site.published().only(RestoreAccepted.class);
        assertThat(accepted.requestedBy()).isEqualTo("operator");
        assertThat(accepted.reason()).isEqualTo("a test");
        await().until(() -> carriedOut.equals(List.of("restore-1")));
    }

    @Test
    void refusesWhatComesTooLate() throws IOException {
        Received late = bench.received(bench.request("latest"));
        bench.site.clock().advance(RestoreBench.UNTIL_EXPIRY.plusSeconds(1));

        requests.accept(late);

        assertThat(bench.site.published().only(RestoreRefused.class).code()).isEqualTo("HF-R01");
        assertThat(bench.journal.entries()).isEmpty();
    }

    @Test
    void goesOnWithWhatItTookInBeforeItExpired() throws IOException {
        Received request = bench.received(bench.request("latest"));
        requests.accept(request);
        bench.site.clock().advance(RestoreBench.UNTIL_EXPIRY.plusSeconds(1));

        requests.accept(request);

        assertThat(bench.site.published().names()).containsExactly("RestoreAccepted", "RestoreAccepted");
        assertThat(bench.journal.entries()).hasSize(1);
    }

    @Test
    void saysNothingNewOfARestoreThatHasEnded() throws IOException {
        RestoreRequested asked = bench.request("latest");
        Received request = bench.received(asked);
        bench.journal.finish(bench.accepted(asked));

        requests.accept(request);
        bench.site.clock().advance(RestoreBench.UNTIL_EXPIRY.plusSeconds(1));
        requests.accept(request);

        assertThat(bench.site.published().events()).isEmpty();
        assertThat(bench.journal.entries()).isEmpty();
    }

    @Test
    void leavesEverythingElseToTheWorker() throws IOException {
        var original = new Received.Original(Map.of(), new byte[0]);
        requests.accept(new Received.Broken("no JSON", original));
        requests.accept(new Received.Unknown("id", "x.v1", original));

        assertThat(bench.site.published().events()).isEmpty();
        assertThat(bench.journal.entries()).isEmpty();
    }

    @Test
    void letsTheRecordBeOfferedAgainWhenTheJournalCannotBeWritten() throws IOException {
        Files.delete(bench.site.settings().stateDirectory().resolve("journal/open"));

        assertThatThrownBy(() -> requests.accept(bench.received(bench.request("latest"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("HF-R02 ");
        assertThat(bench.site.published().events()).isEmpty();
    }

    @Test
    void keepsTheRestoreWhenTheBrokerIsAway() throws IOException {
        bench.site.published().goAwayAfter(0);

        assertThatThrownBy(() -> requests.accept(bench.received(bench.request("latest"))))
                .isInstanceOf(BrokerUnavailable.class);

        assertThat(bench.journal.entries()).hasSize(1);
    }
}
