package io.holdfast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.BackupEvent.BackupFailed;
import io.holdfast.events.BackupEvent.BackupRefused;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.BackupKind;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Consistency;
import io.holdfast.events.EventJson;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.PlanRecord.SitePlanned;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.RestoreId;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.SnapshotRef;
import io.holdfast.messaging.Announcer;
import io.holdfast.messaging.BrokerUnavailable;
import io.holdfast.messaging.EventPublisher;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.site.InUse;
import io.holdfast.site.Journal;
import io.holdfast.site.SnapshotTags;
import io.holdfast.site.testing.TestSite;
import io.holdfast.sources.quiesce.ContainerEngine.State;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class TakeSnapshotTest {

    private static final String VAULT = TestSite.VAULTS + "/shop";
    private static final RestoreId RESTORE = new RestoreId("restore-1");

    @TempDir
    private Path directory;

    private WorkerBench bench;

    @BeforeEach
    void bench() throws IOException {
        bench = new WorkerBench(directory);
    }

    @Test
    void capturesTheComponentAndSaysSo() throws Exception {
        bench.backUp(bench.request(1));

        assertThat(bench.site.published().names()).containsExactly("BackupStarted", "SnapshotTaken");
        SnapshotTaken taken = bench.site.published().only(SnapshotTaken.class);
        Snapshot snapshot = snapshots().getFirst();
        assertThat(taken.snapshot().value()).isEqualTo(snapshot.id().toString());
        assertThat(taken.component()).isEqualTo(bench.component);
        assertThat(taken.files()).isEqualTo(1);
        assertThat(taken.bytes()).isEqualTo(5);
        assertThat(taken.added()).isPositive();
        assertThat(taken.takenAt()).isEqualTo(bench.site.clock().instant());
        assertThat(taken.planRevision()).isEqualTo(1);
        assertThat(snapshot.hostname()).isEqualTo(TestSite.NAME);
        assertThat(snapshot.paths()).containsExactly("/shop/docs");
        assertThat(SnapshotTags.of(snapshot).orElseThrow().name()).isEqualTo("before, the upgrade");
        assertThat(content(snapshot, "/a.txt")).isEqualTo("first");
    }

    @Test
    void saysAgainWhatTheVaultHoldsAlready() throws Exception {
        bench.backUp(bench.request(1));
        SnapshotTaken first = bench.site.published().only(SnapshotTaken.class);
        bench.site.published().clear();
        Files.writeString(bench.docs.resolve("a.txt"), "changed since");

        bench.takeSnapshot().carryOut(bench.request(1), bench.accepted(bench.request(1)));

        assertThat(bench.site.published().only(SnapshotTaken.class)).isEqualTo(first);
        assertThat(snapshots()).hasSize(1);
    }

    @Test
    void findsTheTwinOfAnEarlierAttempt() throws Exception {
        bench.backUp(bench.request(1));
        bench.site.published().clear();

        bench.backUp(bench.request(2));

        assertThat(bench.site.published().only(SnapshotTaken.class).attempt()).isEqualTo(2);
        assertThat(snapshots()).hasSize(1);
    }

    @Test
    void addsNothingWhenNothingHasChanged() throws Exception {
        bench.backUp(bench.request(1));
        bench.site.published().clear();

        bench.backUp(bench.request(bench.component, new RecoveryPointId("shop-next"), 1));

        SnapshotTaken second = bench.site.published().only(SnapshotTaken.class);
        assertThat(second.added()).isZero();
        assertThat(second.bytes()).isEqualTo(5);
        assertThat(snapshots()).hasSize(2);
    }

    @Test
    void readsInAFullBackupWhatHasNotChangedTooAndSaysSo() throws Exception {
        bench.backUp(bench.request(1));
        bench.backUp(bench.request(bench.component, new RecoveryPointId("shop-incremental"), 1));
        assertThat(unmodified()).isEqualTo(1);
        bench.site.published().clear();

        bench.backUp(WorkerBench.full(bench.request(bench.component, new RecoveryPointId("shop-full"), 1)));

        SnapshotTaken full = bench.site.published().only(SnapshotTaken.class);
        assertThat(full.kind()).isEqualTo(BackupKind.FULL);
        assertThat(unmodified()).isZero();
        assertThat(full.bytes()).isEqualTo(5);
        assertThat(full.added()).isZero();
    }

    /** How many files of the last snapshot were not read. */
    private long unmodified() throws IOException {
        String last = bench.site
                .published()
                .all(SnapshotTaken.class)
                .getLast()
                .snapshot()
                .value();
        return snapshots().stream()
                .filter(snapshot -> snapshot.id().toString().equals(last))
                .findFirst()
                .flatMap(Snapshot::summary)
                .orElseThrow()
                .filesUnmodified();
    }

    @Test
    void failsWhenTheSourceIsMissing() throws Exception {
        Files.delete(bench.docs.resolve("a.txt"));
        Files.delete(bench.docs);

        bench.backUp(bench.request(1));

        assertFailed("HF-Q02", bench.docs.toString());
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void countsNoBackupOfLessThanThePlanAsksFor() throws Exception {
        var source = new Source.Files(List.of(bench.docs), List.of(), List.of(), 5L, Quiesce.NONE);
        ComponentId component = bench.site.component("shop", "docs", source.toJson(), TestSite.NAME);
        bench.backUp(bench.request(component, new RecoveryPointId("shop-before"), 1));
        Snapshot good = snapshots().getFirst();
        bench.site.clock().advance(Duration.ofMinutes(1));
        bench.site.published().clear();
        Files.delete(bench.docs.resolve("a.txt"));

        bench.backUp(bench.request(component, WorkerBench.POINT, 1));

        assertFailed("HF-Q07", "0 files of 0 bytes, and the plan asks for at least 5 bytes");
        assertThat(bench.site.published().only(BackupFailed.class).message())
                .contains("Earlier snapshots are safe", "counts as no good backup");
        assertThat(snapshots()).hasSize(2);
        assertThat(SnapshotTags.of(snapshots().getFirst()).orElseThrow().kind()).isEqualTo(SnapshotKind.INCOMPLETE);
        assertThat(snapshots().getLast().id()).isEqualTo(good.id());
        assertThat(SnapshotTags.of(good).orElseThrow().kind()).isEqualTo(SnapshotKind.REGULAR);
    }

    @Test
    void failsOnceWhenThePlanIsNotUnderstood() throws Exception {
        var unheardOf = EventJson.tree("{\"kind\":\"quantum-disk\"}".getBytes(StandardCharsets.UTF_8));
        ComponentId component = bench.site.component("shop", "odd", unheardOf, TestSite.NAME);

        bench.backUp(bench.request(component, WorkerBench.POINT, 1));

        assertFailed("HF-W07", "quantum-disk");
    }

    @Test
    void refusesAComponentThatIsNotPlanned() throws Exception {
        bench.site.plan(new Retired("shop/component/docs", 2));

        bench.backUp(bench.request(1));

        BackupRefused refused = bench.site.published().only(BackupRefused.class);
        assertThat(refused.code()).isEqualTo("HF-W02");
        assertThat(refused.message()).contains("shop/docs", "earlier snapshots are safe");
        assertThat(bench.site.published().events()).hasSize(1);
        assertThat(bench.site.places().heldAt(VAULT).handles()).isEmpty();
    }

    @Test
    void capturesWhatWasPlannedWhenItBeganThoughThePlanLosesItThen() throws Exception {
        EventPublisher losing = (topic, envelope) -> {
            bench.site.published().publish(topic, envelope);
            bench.site.plan(new Retired("shop/component/docs", 2));
        };
        var announcer = new Announcer(losing, "/sites/here/test", bench.site.clock());

        bench.takeSnapshot(bench.site.vaults(), announcer).carryOut(bench.request(1), bench.accepted(bench.request(1)));

        assertThat(bench.site.published().names()).containsExactly("BackupStarted", "SnapshotTaken");
    }

    @Test
    void failsWhenThePasswordIsWrong() throws Exception {
        bench.site.vaults().ofOrNew("shop");
        Files.writeString(bench.site.passwordFile(), "battery staple");
        TakeSnapshot reopened = bench.takeSnapshot(bench.site.reopenedVaults(), bench.site.announcer());

        reopened.carryOut(bench.request(1), bench.accepted(bench.request(1)));

        assertFailed("HF-V03", "memory");
    }

    @Test
    void failsWhenThePasswordFileIsMissing() throws Exception {
        Files.delete(bench.site.passwordFile());

        bench.backUp(bench.request(1));

        assertFailed("HF-W04", bench.site.passwordFile().toString());
    }

    @Test
    void failsWhenTheVaultDoesNotAnswer() throws Exception {
        bench.site.vaults().ofOrNew("shop");
        bench.site.places().takeDown(VAULT);

        bench.backUp(bench.request(1));

        assertFailed("HF-V10", "memory");
    }

    @Test
    void givesWayToANewerAttemptThatThenCommits() throws Exception {
        BackupRequested first = bench.request(1);
        Journal.Entry entry = bench.accepted(first);
        bench.site.vaults().ofOrNew("shop");
        bench.site
                .places()
                .at(VAULT)
                .on(Trigger.of(Operation.STORE, FileType.PACK).onCall(1), new Fault.After(this::askAgain));

        assertThatThrownBy(() -> bench.takeSnapshot().carryOut(first, entry))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("superseded by attempt 2");
        assertThat(snapshots()).isEmpty();
        assertThat(bench.site.published().all(BackupFailed.class)).isEmpty();
        assertThat(bench.journal.finish(entry)).isFalse();

        Journal.Entry newer = bench.journal.find(entry.id()).orElseThrow();
        bench.takeSnapshot().carryOut((BackupRequested) newer.request(), newer);

        assertThat(bench.site.published().only(SnapshotTaken.class).attempt()).isEqualTo(2);
        assertThat(snapshots()).hasSize(1);
    }

    private void askAgain() {
        try {
            bench.accepted(bench.request(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void leavesItOpenWhenTheOutcomeCannotBeAnnounced() throws Exception {
        Journal.Entry entry = bench.accepted(bench.request(1));
        bench.site.published().goAwayAfter(1);

        assertThatThrownBy(() -> bench.takeSnapshot().carryOut(bench.request(1), entry))
                .isInstanceOf(BrokerUnavailable.class);
        assertThat(snapshots()).hasSize(1);

        bench.site.published().comeBack();
        bench.takeSnapshot().carryOut(bench.request(1), entry);
        assertThat(snapshots()).hasSize(1);
        assertThat(bench.site.published().names()).containsExactly("BackupStarted", "BackupStarted", "SnapshotTaken");
    }

    @Test
    void announcesNoFailureWhenItIsStopped() throws Exception {
        Thread worker = Thread.currentThread();
        Journal.Entry entry = bench.accepted(bench.request(1));
        bench.site.vaults().ofOrNew("shop");
        bench.site
                .places()
                .at(VAULT)
                .on(Trigger.of(Operation.STORE, FileType.PACK), new Fault.Before(worker::interrupt))
                .on(Trigger.of(Operation.STORE, FileType.PACK), new Fault.Failure(Kind.UNREACHABLE));

        assertThatThrownBy(() -> bench.takeSnapshot().carryOut(bench.request(1), entry))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(bench.site.published().names()).containsExactly("BackupStarted");
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void capturesNothingAndSaysNothingWhileSomebodyElseHoldsTheComponent() throws Exception {
        Journal.Entry entry = bench.accepted(bench.request(1));
        try (var _ = bench.site.leases().take(List.of(bench.component))) {
            assertThatThrownBy(() -> bench.takeSnapshot().carryOut(bench.request(1), entry))
                    .isInstanceOf(InUse.class);
            assertThat(bench.site.published().events()).isEmpty();
        }

        bench.takeSnapshot().carryOut(bench.request(1), entry);

        assertThat(bench.site.published().names()).containsExactly("BackupStarted", "SnapshotTaken");
    }

    @Test
    void capturesNothingAndSaysNothingWhileARestoreThatWasCutOffIsToBeRepeated() throws Exception {
        Journal.Entry entry = bench.accepted(bench.request(1));
        bench.site.restoreMarks().begin(bench.component, RESTORE, null);
        assertThatThrownBy(() -> bench.takeSnapshot().carryOut(bench.request(1), entry))
                .isInstanceOf(InUse.class);
        assertThat(bench.site.published().events()).isEmpty();
        bench.site.leases().take(List.of(bench.component)).close();

        bench.site.restoreMarks().done(bench.component);
        bench.takeSnapshot().carryOut(bench.request(1), entry);

        assertThat(bench.site.published().names()).containsExactly("BackupStarted", "SnapshotTaken");
    }

    @Test
    void capturesNothingThatARestoreHasLeftHalfRestored() throws Exception {
        leaveHalfRestored();

        bench.backUp(bench.request(1));

        assertFailed("HF-W09", bench.site.restoreMarks().file(bench.component).toString());
        assertThat(bench.site.published().only(BackupFailed.class).message())
                .startsWith("The restore restore-1 of shop/docs did not end well")
                .contains("Earlier snapshots are safe", "holdfast restore abababab --reason");
        assertThat(snapshots()).isEmpty();
    }

    @Test
    void capturesAgainWhatWasPutRightByHandWhenItsMarkIsGone() throws Exception {
        leaveHalfRestored();
        Files.delete(bench.site.restoreMarks().file(bench.component));

        bench.backUp(bench.request(1));

        assertThat(bench.site.published().names()).containsExactly("BackupStarted", "SnapshotTaken");
    }

    @Test
    void capturesNothingOnANewMachineBeforeItIsRestoredOrSaidToBeGood() throws Exception {
        bench.site.region("east");
        bench.site.component("shop", "docs", List.of(bench.docs), "east");
        bench.site.backUp(bench.component, "shop-1", bench.docs);
        bench.site.replicate("shop", "east");
        bench.site.loseMachine("shop");

        bench.backUp(bench.request(1));

        Path mark = bench.site.restoreMarks().file(bench.component);
        assertFailed("HF-W10", mark.toString());
        assertThat(bench.site.published().only(BackupFailed.class).message())
                .contains("holdfast restore latest --stack shop -c docs --from-region east --reason");
        assertThat(snapshots()).isEmpty();

        Files.delete(mark);
        bench.site.published().clear();
        bench.backUp(bench.request(2));
        assertThat(bench.site.published().names()).containsExactly("BackupStarted", "SnapshotTaken");
    }

    @Test
    void capturesNothingThatHoldsHoldfastsOwnFilesUnlessThePlanExcludesThem(@TempDir Path host) throws Exception {
        Path srv = Files.createDirectories(host.resolve("srv"));
        Path own = srv.resolve("vaults");
        bench.site.plan(new SitePlanned(TestSite.NAME, own.toString(), "file:" + bench.site.passwordFile(), 2));
        Path named = Files.createSymbolicLink(host.resolve("data"), srv);
        bench.site.component("shop", "docs", List.of(named));

        bench.backUp(bench.request(1));
        assertFailed("HF-W11", "exclude: [\"%s\"]".formatted(named.resolve("vaults")));

        bench.site.published().clear();
        exclude(named, named.resolve("vaults").toString());
        bench.backUp(bench.request(2));
        assertThat(bench.site.published().names()).containsExactly("BackupStarted", "SnapshotTaken");
    }

    private void exclude(Path captured, String pattern) {
        var source = new Source.Files(List.of(captured), List.of(), List.of(pattern), null, Quiesce.NONE);
        bench.site.component("shop", "docs", source.toJson(), TestSite.NAME);
    }

    @Test
    void saysAgainWhatWasCapturedBeforeTheComponentWasHalfRestored() throws Exception {
        bench.backUp(bench.request(1));
        bench.site.published().clear();
        leaveHalfRestored();

        bench.takeSnapshot().carryOut(bench.request(1), bench.accepted(bench.request(1)));

        assertThat(bench.site.published().names()).containsExactly("BackupStarted", "SnapshotTaken");
        assertThat(snapshots()).hasSize(1);
    }

    private void leaveHalfRestored() throws IOException {
        bench.site.restoreMarks().begin(bench.component, RESTORE, new SnapshotRef("ab".repeat(32)));
        bench.site.restoreMarks().gaveUp(RESTORE);
    }

    @Test
    void letsTheComponentRestWhileItIsReadAndSaysForHowLong() throws Exception {
        ComponentId component = thatRests();
        bench.site.engine().create("db", State.RUNNING);

        bench.backUp(bench.request(component, WorkerBench.POINT, 1));

        assertThat(bench.site.engine().calls()).containsExactly("pause db", "unpause db");
        SnapshotTaken taken = bench.site.published().only(SnapshotTaken.class);
        assertThat(taken.rested()).isPositive();
        assertThat(taken.consistency()).isEqualTo(Consistency.AT_REST);
    }

    @Test
    void bringsTheComponentBackWhenTheCaptureFails() throws Exception {
        ComponentId component = thatRests();
        bench.site.engine().create("db", State.RUNNING);
        bench.site.vaults().ofOrNew("shop");
        bench.site
                .places()
                .at(VAULT)
                .on(Trigger.of(Operation.STORE, FileType.PACK), new Fault.Failure(Kind.UNREACHABLE));

        bench.backUp(bench.request(component, WorkerBench.POINT, 1));

        assertThat(bench.site.published().only(BackupFailed.class).code()).isEqualTo("HF-V10");
        assertThat(bench.site.engine().stateOf("db")).isEqualTo(State.RUNNING);
    }

    @Test
    void failsWhenSomebodyStartsTheComponentWhileItIsRead() throws Exception {
        ComponentId component = thatRests();
        bench.site.engine().create("db", State.RUNNING);
        bench.backUp(bench.request(component, new RecoveryPointId("shop-before"), 1));
        bench.site.clock().advance(Duration.ofMinutes(1));
        bench.site.published().clear();
        bench.site
                .places()
                .at(VAULT)
                .on(
                        Trigger.of(Operation.LOAD, FileType.PACK).onCall(1),
                        new Fault.After(() -> bench.site.engine().turn("db", State.RUNNING)));

        bench.backUp(bench.request(component, WorkerBench.POINT, 1));

        BackupFailed failed = bench.site.published().only(BackupFailed.class);
        assertThat(failed.code()).isEqualTo("HF-Q26");
        assertThat(failed.message()).contains("container db", "counts as no good backup");
        assertThat(SnapshotTags.of(snapshots().getFirst()).orElseThrow().kind()).isEqualTo(SnapshotKind.INCOMPLETE);
    }

    @Test
    void takesWhatIsWrittenToMeanwhileAsAfterAPowerCut() throws Exception {
        Path log = writtenToWhileItIsRead();

        bench.backUp(bench.request(1));

        SnapshotTaken taken = bench.site.published().only(SnapshotTaken.class);
        assertThat(taken.consistency()).isEqualTo(Consistency.CRASH_CONSISTENT);
        assertThat(taken.changed()).isEqualTo("1 file changed or vanished while being read: " + log);
        SnapshotTags tags = SnapshotTags.of(snapshots().getFirst()).orElseThrow();
        assertThat(tags.kind()).isEqualTo(SnapshotKind.REGULAR);
        assertThat(tags.consistency()).isEqualTo(Consistency.CRASH_CONSISTENT);
    }

    @Test
    void failsWhenSomethingElseWritesWhileTheComponentRests() throws Exception {
        ComponentId component = thatRests();
        bench.site.engine().create("db", State.RUNNING);
        Path log = writtenToWhileItIsRead();

        bench.backUp(bench.request(component, WorkerBench.POINT, 1));

        assertFailed("HF-W08", log.toString());
        assertThat(bench.site.published().only(BackupFailed.class).message())
                .contains(snapshots().getFirst().id().shortForm(), "counts as no good backup", "quiesce");
        assertThat(SnapshotTags.of(snapshots().getFirst()).orElseThrow().kind()).isEqualTo(SnapshotKind.INCOMPLETE);
    }

    @Test
    void failsWhenAFileBecomesShorterThanWhatWasReadOfIt() throws Exception {
        Path log = whileItIsRead(file -> Files.write(file, new byte[0]));

        bench.backUp(bench.request(1));

        assertFailed("HF-W05", log + ": was cut short while it was read");
        assertThat(SnapshotTags.of(snapshots().getFirst()).orElseThrow().kind()).isEqualTo(SnapshotKind.INCOMPLETE);
    }

    private interface Writer {
        void write(Path file) throws IOException;
    }

    private Path writtenToWhileItIsRead() throws IOException {
        return whileItIsRead(file -> Files.write(file, new byte[] {1}, StandardOpenOption.APPEND));
    }

    /** A file of several packs; the writer comes when the first of them is stored. */
    private Path whileItIsRead(Writer writer) throws IOException {
        byte[] bytes = new byte[40 << 20];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(bench.docs.resolve("log"), bytes);
        bench.site.vaults().ofOrNew("shop");
        bench.site
                .places()
                .at(VAULT)
                .on(Trigger.of(Operation.STORE, FileType.PACK).onCall(1), new Fault.After(() -> {
                    try {
                        writer.write(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
        return file;
    }

    @Test
    void touchesNothingWhenAContainerToRestIsMissing() throws Exception {
        bench.backUp(bench.request(thatRests(), WorkerBench.POINT, 1));

        assertFailed("HF-Q20", "'db'");
        assertThat(snapshots()).isEmpty();
    }

    private ComponentId thatRests() {
        return bench.site.component(
                "shop",
                "papers",
                List.of(bench.docs),
                new Quiesce(
                        Quiesce.Mode.PAUSE,
                        List.of("db"),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Quiesce.DEFAULT_LIMIT));
    }

    private void assertFailed(String code, String named) {
        assertThat(bench.site.published().names()).containsExactly("BackupStarted", "BackupFailed");
        BackupFailed failed = bench.site.published().only(BackupFailed.class);
        assertThat(failed.code()).isEqualTo(code);
        assertThat(failed.message()).contains(named).doesNotContain("battery");
    }

    private List<Snapshot> snapshots() throws IOException {
        bench.site.places().at(VAULT).heal();
        return bench.site.vaults().ofOrNew("shop").snapshots();
    }

    private String content(Snapshot snapshot, String file) throws IOException {
        var out = new ByteArrayOutputStream();
        bench.site.vaults().of("shop").contents().dump(snapshot.id(), "/shop/docs" + bench.docs + file, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
