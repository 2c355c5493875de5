package io.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.BackupEvent.BackupFailed;
import io.holdfast.events.BackupEvent.BackupRefused;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.BackupId;
import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.RestoreId;
import io.holdfast.plan.Quiesce;
import io.holdfast.site.InUse;
import io.holdfast.site.testing.TestSite;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several components that one request asks for. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class TakeTogetherTest {

    private static final String VAULT = TestSite.VAULTS + "/shop";
    private static final RestoreId RESTORE = new RestoreId("restore-1");

    @TempDir
    private Path directory;

    private WorkerBench bench;
    private ComponentId cache;
    private ComponentId files;

    @BeforeEach
    void twoThatRest() throws IOException {
        bench = new WorkerBench(directory);
        cache = thatRests("cache", "redis");
        files = thatRests("files", "app");
        bench.site.engine().create("redis", State.RUNNING);
        bench.site.engine().create("app", State.RUNNING);
    }

    @Test
    void capturesAllInOneBracketAsOfOneMoment() throws Exception {
        bench.backUp(together(1));

        assertThat(bench.site.engine().calls())
                .containsExactly("pause redis", "pause app", "unpause app", "unpause redis");
        assertThat(bench.site.published().names())
                .containsExactly("BackupStarted", "BackupStarted", "SnapshotTaken", "SnapshotTaken");
        List<SnapshotTaken> taken = bench.site.published().all(SnapshotTaken.class);
        assertThat(taken).extracting(SnapshotTaken::component).containsExactly(cache, files);
        assertThat(taken)
                .extracting(SnapshotTaken::backup)
                .containsExactly(BackupId.of(cache, WorkerBench.POINT), BackupId.of(files, WorkerBench.POINT));
        assertThat(taken)
                .extracting(SnapshotTaken::takenAt)
                .containsOnly(taken.getFirst().takenAt());
        assertThat(taken).extracting(SnapshotTaken::rested).doesNotContainNull();
    }

    @Test
    void capturesTheOthersWhenOneCannotBeAndLetsRestWhatThatNames() throws Exception {
        Files.delete(directory.resolve("cache/a.txt"));
        Files.delete(directory.resolve("cache"));

        bench.backUp(together(1));

        assertThat(bench.site.engine().calls())
                .containsExactly("pause redis", "pause app", "unpause app", "unpause redis");
        BackupFailed failed = bench.site.published().only(BackupFailed.class);
        assertThat(failed.component()).isEqualTo(cache);
        assertThat(failed.code()).isEqualTo("HF-Q02");
        assertThat(bench.site.published().only(SnapshotTaken.class).component()).isEqualTo(files);
    }

    @Test
    void capturesNoneWhenSomethingCannotRest() throws Exception {
        bench.site.engine().setUnhealthy("app");

        bench.backUp(together(1));

        assertThat(bench.site.published().all(BackupFailed.class))
                .extracting(BackupFailed::code)
                .containsExactly("HF-Q21", "HF-Q21");
        assertThat(bench.site.engine().calls()).isEmpty();
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void failsAllThatCannotBeStoredAndBringsEverythingBack() throws Exception {
        bench.site.vaults().ofOrNew("shop");
        bench.site
                .places()
                .at(VAULT)
                .on(Trigger.of(Operation.STORE, FileType.PACK), new Fault.Failure(Kind.UNREACHABLE));

        bench.backUp(together(1));

        assertThat(bench.site.published().all(BackupFailed.class))
                .extracting(BackupFailed::code)
                .containsExactly("HF-V10", "HF-V10");
        assertThat(bench.site.engine().stateOf("redis")).isEqualTo(State.RUNNING);
        assertThat(bench.site.engine().stateOf("app")).isEqualTo(State.RUNNING);
    }

    @Test
    void saysAgainWhatTheVaultHoldsOfOneMoment() throws Exception {
        bench.backUp(together(1));
        List<SnapshotTaken> first = bench.site.published().all(SnapshotTaken.class);
        bench.site.published().clear();
        bench.site.clock().advance(Duration.ofMinutes(1));

        bench.takeSnapshot().carryOut(together(1), bench.accepted(together(1)));

        assertThat(bench.site.published().all(SnapshotTaken.class))
                .extracting(SnapshotTaken::snapshot)
                .isEqualTo(first.stream().map(SnapshotTaken::snapshot).toList());
        assertThat(snapshots()).hasSize(2);
    }

    @Test
    void capturesAllAgainWhenTheVaultHoldsOnlySomeOfThem() throws Exception {
        bench.backUp(bench.request(cache, WorkerBench.POINT, 1));

        assertThatAllAreCapturedAgain();
    }

    @Test
    void capturesAllAgainWhenTheVaultHoldsThemOfTwoMoments() throws Exception {
        bench.backUp(bench.request(cache, WorkerBench.POINT, 1));
        bench.site.clock().advance(Duration.ofMinutes(1));
        bench.backUp(bench.request(files, WorkerBench.POINT, 1));

        assertThatAllAreCapturedAgain();
    }

    @Test
    void refusesTheOneThatIsNotPlannedAndCapturesTheOthers() throws Exception {
        bench.site.plan(new Retired("shop/component/files", 2));

        bench.backUp(together(1));

        assertThat(bench.site.published().only(BackupRefused.class).component()).isEqualTo(files);
        assertThat(bench.site.published().only(SnapshotTaken.class).component()).isEqualTo(cache);
    }

    @Test
    void capturesNoneOfThemWhileARestoreOfOneIsToBeRepeated() throws Exception {
        bench.site.restoreMarks().begin(files, RESTORE, null);

        assertThatThrownBy(() -> bench.backUp(together(1))).isInstanceOf(InUse.class);

        assertThat(bench.site.published().events()).isEmpty();
        assertThat(bench.site.engine().calls()).isEmpty();
    }

    @Test
    void leavesOutTheOneThatIsHalfRestoredAndCapturesTheOthers() throws Exception {
        bench.site.restoreMarks().begin(files, RESTORE, null);
        bench.site.restoreMarks().gaveUp(RESTORE);

        bench.backUp(together(1));

        BackupFailed failed = bench.site.published().only(BackupFailed.class);
        assertThat(failed.component()).isEqualTo(files);
        assertThat(failed.code()).isEqualTo("HF-W09");
        assertThat(bench.site.published().only(SnapshotTaken.class).component()).isEqualTo(cache);
        assertThat(bench.site.engine().calls()).containsExactly("pause redis", "unpause redis");
    }

    private void assertThatAllAreCapturedAgain() throws IOException, InterruptedException, InUse {
        bench.site.published().clear();
        bench.site.clock().advance(Duration.ofMinutes(1));

        bench.backUp(together(2));

        assertThat(bench.site.published().all(SnapshotTaken.class))
                .extracting(SnapshotTaken::takenAt)
                .containsExactly(
                        bench.site.clock().instant(), bench.site.clock().instant());
    }

    private BackupRequested together(int attempt) {
        return WorkerBench.together(bench.request(cache, WorkerBench.POINT, attempt), "files");
    }

    private ComponentId thatRests(String name, String container) throws IOException {
        Path data = Files.createDirectory(directory.resolve(name));
        Files.writeString(data.resolve("a.txt"), "of " + name);
        return bench.site.component(
                "shop",
                name,
                List.of(data),
                new Quiesce(
                        Quiesce.Mode.PAUSE,
                        List.of(container),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Quiesce.DEFAULT_LIMIT));
    }

    private List<Snapshot> snapshots() throws IOException {
        bench.site.places().at(VAULT).heal();
        return bench.site.vaults().ofOrNew("shop").snapshots();
    }
}
