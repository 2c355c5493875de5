package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Call;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.RetainingBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.index.LoadedIndex;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.replica.AuditReport;
import io.holdfast.vault.replica.AuditSpec;
import io.holdfast.vault.replica.Finding;
import io.holdfast.vault.replica.RepairReport;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationReport;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CopiesTest {

    private static final Password PASSWORD = Password.of("secret");

    private final MemoryBackend source = new MemoryBackend();
    private final MemoryBackend copy = new MemoryBackend();
    private final FaultyBackend target = new FaultyBackend(copy);
    private final List<SnapshotId> snapshots = new ArrayList<>();

    @TempDir
    Path temp;

    private final Vault vault;

    CopiesTest() throws VaultException {
        vault = Vault.init(source, PASSWORD, Duration.ZERO);
    }

    @BeforeEach
    void twoSnapshots() throws IOException {
        Files.createDirectories(temp.resolve("source/below"));
        Files.write(temp.resolve("source/below/a"), HardCases.random(1, 200_000));
        backup();
        Files.write(temp.resolve("source/b"), HardCases.random(2, 400_000));
        backup();
    }

    @AfterEach
    void close() throws VaultException {
        vault.close();
    }

    @Test
    void looksAtListingsOnlyWhileNothingHasChanged() throws IOException {
        assertThat(replicate().complete()).containsExactlyElementsOf(snapshots);
        int before = target.calls().size();

        ReplicationReport again = replicate();

        assertThat(again.complete()).containsExactlyElementsOf(snapshots);
        assertThat(again.bytesSent()).isZero();
        assertThat(target.calls().stream()
                        .skip(before)
                        .filter(call -> call.operation() == Operation.LOAD
                                && !call.file().startsWith("locks/"))
                        .map(Call::file))
                .containsExactly("config");
    }

    @ParameterizedTest
    @EnumSource(names = {"PACK", "INDEX", "SNAPSHOT"})
    void looksAtEverythingAgainOnceAFileIsGone(FileType type) throws IOException {
        replicate();
        copy.delete(files(copy, type).iterator().next());

        assertThat(replicate().isComplete()).isTrue();
        assertThat(audit().findings()).isEmpty();
    }

    @Test
    void bringsWantedSnapshotsOnlyAndLeavesTheOthersAlone() throws IOException {
        replicate(ReplicationSpec.ALL.withWanted(each -> each.id().equals(snapshots.getFirst())));
        assertThat(files(copy, FileType.SNAPSHOT)).hasSize(1);

        ReplicationReport report =
                replicate(ReplicationSpec.ALL.withWanted(each -> each.id().equals(snapshots.getLast())));

        assertThat(report.replicated()).containsExactly(snapshots.getLast());
        assertThat(report.complete()).containsExactly(snapshots.getLast());
        assertThat(audit().complete()).containsExactlyInAnyOrderElementsOf(snapshots);
    }

    @Test
    void tellsWhatACopyHoldsReadingThereOnceWhatTheVaultHasNot() throws IOException {
        replicate();
        source.delete(SnapshotFiles.handle(snapshots.getFirst()));
        int before = target.calls().size();

        for (int i = 0; i < 2; i++) {
            assertThat(vault.copies().snapshots(target))
                    .extracting(Snapshot::id)
                    .containsExactlyInAnyOrderElementsOf(snapshots);
        }

        assertThat(target.calls().stream().skip(before))
                .filteredOn(call ->
                        call.operation() == Operation.LOAD && call.file().startsWith("snapshots/"))
                .extracting(Call::file)
                .containsExactly("snapshots/" + snapshots.getFirst());
    }

    @Test
    void leavesOutWhatCannotBeReadInACopyAndFailsWhereNothingCan() throws IOException {
        replicate();
        source.delete(SnapshotFiles.handle(snapshots.getFirst()));
        damage(copy, SnapshotFiles.handle(snapshots.getFirst()));

        assertThat(vault.copies().snapshots(target)).extracting(Snapshot::id).containsExactly(snapshots.getLast());
        target.on(Trigger.of(Operation.LIST), new Fault.Failure(Kind.UNREACHABLE));
        assertThatThrownBy(() -> vault.copies().snapshots(target))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(VaultException.Code.UNREACHABLE));
    }

    @Test
    void sendsNoPackTwiceAfterBeingCutOffBeforeTheIndex() throws IOException {
        target.on(Trigger.of(Operation.STORE, FileType.INDEX).onCall(2), new Fault.Failure(Kind.UNREACHABLE));
        assertThatThrownBy(this::replicate).isInstanceOf(VaultException.class);
        target.heal();

        ReplicationReport report = replicate();

        assertThat(report.complete()).containsExactlyElementsOf(snapshots);
        assertThat(report.packsSent()).isZero();
        assertThat(audit().isSound()).isTrue();
    }

    @Test
    void sendsAPackAgainThatACutOffAttemptLeftDamaged() throws IOException {
        target.on(Trigger.of(Operation.STORE, FileType.INDEX), new Fault.Failure(Kind.UNREACHABLE));
        assertThatThrownBy(this::replicate).isInstanceOf(VaultException.class);
        target.heal();
        for (Handle pack : files(copy, FileType.PACK)) {
            damage(copy, pack);
        }

        assertThat(replicate().packsSent()).isPositive();
        assertThat(audit().isSound()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = FileType.class,
            names = {"PACK", "INDEX", "SNAPSHOT"})
    void announcesNothingThatAPlaceStoresOtherwiseThanItWasSent(FileType type) throws IOException {
        target.on(Trigger.of(Operation.STORE, type), new Fault.FlippedBit(777));

        assertThatThrownBy(this::replicate).hasMessageStartingWith(VaultException.Code.DAMAGED.text());

        target.heal();
        assertThat(replicate().complete()).containsExactlyElementsOf(snapshots);
        assertThat(audit().findings()).isEmpty();
    }

    @Test
    void sendsAgainOnceWhatDidNotArriveAsItWasSent() throws IOException {
        target.on(Trigger.of(Operation.STORE, FileType.PACK).onCall(1), new Fault.Truncated(99));

        assertThat(replicate().complete()).containsExactlyElementsOf(snapshots);
        assertThat(audit().findings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "DENIED", "FULL"})
    void stopsAtTheFirstFailureOfManyTransfers(Kind kind) throws IOException {
        target.on(Trigger.of(Operation.STORE, FileType.PACK).fromCall(2), new Fault.Failure(kind));

        assertThatThrownBy(() -> replicate(ReplicationSpec.ALL.withTransfers(3)))
                .isInstanceOf(VaultException.class);
        target.heal();
        assertThat(replicate().complete()).containsExactlyElementsOf(snapshots);
        assertThat(audit().isSound()).isTrue();
    }

    @Test
    void takesFromAnotherPackWhatIsDamagedInOne() throws IOException {
        Set<Handle> first = files(source, FileType.PACK);
        storeAnewInOtherPacks();
        for (Handle pack : first) {
            damage(source, pack);
        }

        assertThat(replicate().problems()).isEmpty();
        assertThat(files(copy, FileType.PACK)).doesNotContainAnyElementsOf(first);
        assertThat(audit().isSound()).isTrue();
    }

    @Test
    void findsNothingInASoundCopy() throws IOException {
        replicate();

        AuditReport report = audit();

        assertThat(report.findings()).isEmpty();
        assertThat(report.complete()).containsExactlyInAnyOrderElementsOf(snapshots);
        assertThat(report.packsRead()).isEqualTo(report.packs());
        assertThat(report.bytesRead()).isGreaterThan(400_000);
        assertThat(vault.copies().auditOwn(AuditSpec.EVERYTHING).isSound()).isTrue();
    }

    @Test
    void readsEachPackOnceInARotation() throws IOException {
        replicate();
        int read = 0;
        for (int part = 1; part <= 7; part++) {
            read += vault.copies()
                    .audit(target, AuditSpec.STRUCTURE.withPart(part, 7))
                    .packsRead();
        }

        assertThat(read).isEqualTo(files(copy, FileType.PACK).size());
        assertThat(vault.copies().audit(target, AuditSpec.STRUCTURE).packsRead())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOCK")
    void findsAndRepairsEveryDamagedFile(FileType type) throws IOException {
        for (Handle file : files(copyOf(source), type)) {
            replicateAnew();
            damage(copy, file);
            AuditReport found = audit();
            assertThat(found.findings())
                    .anyMatch(finding -> finding.kind() == Finding.Kind.DAMAGED
                            && finding.file().equals(file));

            assertThat(repair(found).remaining()).isEmpty();

            assertThat(audit().findings()).as("after %s", file).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOCK")
    void findsAndRepairsEveryMissingFile(FileType type) throws IOException {
        for (Handle file : files(copyOf(source), type)) {
            if (type != FileType.SNAPSHOT) {
                replicateAnew();
                copy.delete(file);
                AuditReport found = audit();
                assertThat(found.isSound()).as("without %s", file).isFalse();

                assertThat(repair(found).remaining()).isEmpty();

                assertThat(audit().findings()).as("after %s", file).isEmpty();
            }
        }
    }

    @Test
    void saysWhichSnapshotsAreNotCompleteForADamagedPack() throws IOException {
        Set<Handle> ofTheFirst = new HashSet<>(files(source, FileType.PACK));
        replicate();
        Files.write(temp.resolve("source/c"), HardCases.random(3, 200_000));
        backup();
        replicate();
        Set<Handle> ofTheLast = new HashSet<>(files(copy, FileType.PACK));
        ofTheLast.removeAll(ofTheFirst);
        for (Handle pack : ofTheLast) {
            damage(copy, pack);
        }

        AuditReport report = audit();

        assertThat(report.complete()).containsExactlyInAnyOrderElementsOf(snapshots.subList(0, 2));
        assertThat(report.findings())
                .filteredOn(finding -> finding.kind() == Finding.Kind.INCOMPLETE)
                .singleElement()
                .satisfies(finding -> assertThat(finding.file().name())
                        .isEqualTo(snapshots.getLast().toString()));
    }

    @Test
    void repairsTheVaultItselfFromACopy() throws IOException {
        replicate();
        for (Handle pack : files(source, FileType.PACK)) {
            damage(source, pack);
        }
        AuditReport found = vault.copies().auditOwn(AuditSpec.EVERYTHING);
        assertThat(found.isSound()).isFalse();

        RepairReport report = vault.copies().repairOwn(target, found);

        assertThat(report.remaining()).isEmpty();
        assertThat(report.fetched()).containsExactlyInAnyOrderElementsOf(files(source, FileType.PACK));
        assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
    }

    @Test
    void bringsWhatIsNeededInOtherPacksWhereTheTwoWerePrunedApart() throws IOException {
        replicate();
        repackSource();
        Handle damaged = files(copy, FileType.PACK).stream()
                .filter(pack -> !files(source, FileType.PACK).contains(pack))
                .findFirst()
                .orElseThrow();
        damage(copy, damaged);
        AuditReport found = audit();

        RepairReport report = repair(found);

        assertThat(report.remaining()).isEmpty();
        assertThat(report.dropped()).containsExactly(damaged);
        assertThat(report.packsSent()).isPositive();
        assertThat(files(copy, FileType.PACK)).doesNotContain(damaged);
        assertThat(audit().findings()).isEmpty();
    }

    @Test
    void keepsADamagedPackThatHoldsWhatNobodyElseHas() throws IOException {
        replicate();
        SnapshotId first = snapshots.getFirst();
        Set<Handle> packs = files(copy, FileType.PACK);
        MemoryBackend empty = new MemoryBackend();
        vault.copies().found(empty);
        for (Handle pack : packs) {
            damage(copy, pack);
        }
        AuditReport found = audit();

        RepairReport report;
        try (Vault other = Vault.open(empty, PASSWORD, Duration.ZERO)) {
            report = other.copies().repair(target, found);
        }

        assertThat(report.isComplete()).isFalse();
        assertThat(report.remaining()).anyMatch(finding -> finding.file().name().equals(first.toString()));
        assertThat(files(copy, FileType.PACK)).isEqualTo(packs);
        assertThat(repair(found).isComplete()).isTrue();
        assertThat(audit().isSound()).isTrue();
    }

    @Test
    void sendsNothingDamagedInARepair() throws IOException {
        replicate();
        Handle pack = files(copy, FileType.PACK).iterator().next();
        damage(copy, pack);
        byte[] before = copy.load(pack);
        damage(source, pack);
        damage(source, pack, 5);

        RepairReport report = repair(audit());

        assertThat(report.remaining()).anyMatch(finding -> finding.file().equals(pack));
        assertThat(copy.load(pack)).isEqualTo(before);
    }

    @Test
    void keepsFromDeletionWhatSnapshotsNeedAndNothingElse() throws IOException {
        Instant now = Instant.now();
        AtomicReference<Instant> clock = new AtomicReference<>(now.minus(Duration.ofDays(20)));
        RetainingBackend locking = new RetainingBackend(copy, Duration.ofDays(30), clock::get);
        vault.copies().replicate(locking, ReplicationSpec.ALL, ReplicationListener.NONE);
        Handle forgotten = new Handle(FileType.SNAPSHOT, snapshots.getLast().toString());
        copy.delete(forgotten);
        clock.set(now);

        AuditReport report = vault.copies().audit(locking, AuditSpec.STRUCTURE);

        Instant half = now.plus(Duration.ofDays(15)).minusSeconds(60);
        List<Handle> kept = copy.handles().stream()
                .filter(file -> locking.keptUntil(file).isAfter(half))
                .toList();
        assertThat(report.retained()).isEqualTo(kept.size());
        assertThat(kept)
                .contains(
                        Handle.CONFIG,
                        new Handle(FileType.SNAPSHOT, snapshots.getFirst().toString()))
                .containsAll(files(copy, FileType.KEY))
                .containsAll(files(copy, FileType.INDEX))
                .hasSizeLessThan(copy.handles().size());
        assertThat(vault.copies().audit(locking, AuditSpec.STRUCTURE).retained())
                .isZero();
    }

    @Test
    void refusesToAuditAndRepairAnotherRepository() throws IOException {
        MemoryBackend foreign = new MemoryBackend();
        Vault.init(foreign, Password.of("other"), Duration.ZERO).close();
        Set<Handle> before = foreign.handles();

        FaultyBackend watched = new FaultyBackend(foreign);

        assertThatThrownBy(() -> vault.copies().audit(watched, AuditSpec.STRUCTURE))
                .hasMessageStartingWith("HF-V14 ");
        assertThatThrownBy(() -> vault.copies().repair(watched, audit())).hasMessageStartingWith("HF-V14 ");
        assertThat(watched.calls()).noneMatch(call -> call.operation() == Operation.STORE);
        assertThat(foreign.handles()).isEqualTo(before);
    }

    private ReplicationReport replicate() throws VaultException {
        return replicate(ReplicationSpec.ALL);
    }

    private ReplicationReport replicate(ReplicationSpec spec) throws VaultException {
        return vault.copies().replicate(target, spec, ReplicationListener.NONE);
    }

    private void replicateAnew() throws IOException {
        for (Handle file : copy.handles()) {
            copy.delete(file);
        }
        for (Handle file : source.handles()) {
            if (file.type() != FileType.LOCK) {
                copy.store(file, source.load(file));
            }
        }
    }

    private AuditReport audit() throws VaultException {
        return vault.copies().audit(target, AuditSpec.EVERYTHING);
    }

    private RepairReport repair(AuditReport found) throws VaultException {
        return vault.copies().repair(target, found);
    }

    private void backup() throws VaultException {
        BackupSpec spec = BackupSpec.of(new Root.Tree(temp.resolve("source"), "/s"));
        snapshots.add(vault.backup(spec.withTime(Instant.EPOCH.plusSeconds(snapshots.size())), Progress.NONE)
                .snapshot()
                .id());
    }

    /** As a prune does that repacks everything, and is cut off before it deletes. */
    private void storeAnewInOtherPacks() throws IOException {
        Repository repository =
                Opening.open(source, PASSWORD, VaultOptions.DEFAULT).repository();
        repository.index().refresh();
        LoadedIndex none = new LoadedIndex(source, repository.files());
        try (BlobWriter writer =
                new BlobWriter(source, repository.key(), Compression.Level.AUTO, none, () -> {}, _ -> {})) {
            for (BlobKey blob : Set.copyOf(repository.index().current().keys())) {
                writer.write(blob.type(), repository.blobs().read(blob));
            }
            writer.flush();
        }
    }

    private void repackSource() throws IOException {
        Set<Handle> old = files(source, FileType.PACK);
        old.addAll(files(source, FileType.INDEX));
        storeAnewInOtherPacks();
        for (Handle file : old) {
            source.delete(file);
        }
    }

    private static MemoryBackend copyOf(MemoryBackend from) throws IOException {
        MemoryBackend all = new MemoryBackend();
        for (Handle file : from.handles()) {
            all.store(file, from.load(file));
        }
        return all;
    }

    private static Set<Handle> files(MemoryBackend place, FileType type) {
        Set<Handle> files = new HashSet<>();
        place.handles().stream().filter(file -> file.type() == type).forEach(files::add);
        return files;
    }

    private static void damage(MemoryBackend place, Handle file) throws IOException {
        byte[] content = place.load(file);
        damage(place, file, content.length / 2);
    }

    private static void damage(MemoryBackend place, Handle file, int at) throws IOException {
        byte[] content = place.load(file);
        content[at] ^= 1;
        place.corrupt(file, content);
    }
}
