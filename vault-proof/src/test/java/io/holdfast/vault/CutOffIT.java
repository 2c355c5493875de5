package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.archive.ArchiveFate;
import io.holdfast.vault.archive.ArchiveName;
import io.holdfast.vault.archive.DropSpec;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.MemoryShelf;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.copy.CopySpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.feedback.Watch;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.lock.MovedPace;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.prune.Allowance;
import io.holdfast.vault.prune.PruneReport;
import io.holdfast.vault.prune.PruneSpec;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maintenance whose every single change is the last: nothing is lost, and the next run ends it. */
class CutOffIT {

    private static final Password PASSWORD = Password.of("secret");
    private static final Password THEIRS = Password.of("theirs");
    private static final CheckSpec EVERYTHING = CheckSpec.EVERYTHING.withNoLock(true);
    private static final PruneSpec AT_ONCE = PruneSpec.immediately().withMaxUnused(new Allowance.Bytes(0));
    private static final List<ArchiveName> YEARS = List.of(year(2017), year(2018), year(2019));

    @TempDir
    Path temp;

    private final MemoryBackend memory = new MemoryBackend();
    private final List<SnapshotId> oldestFirst = new ArrayList<>();
    private Vaults vaults;

    /** Two in each of three years; each has a file of its own, and shares each with the next, so every pack is half needed without every other. */
    @BeforeEach
    void sixSnapshots() throws IOException {
        Path source = Files.createDirectories(temp.resolve("source"));
        Vault.init(memory, PASSWORD, Duration.ZERO).close();
        vaults = Vaults.of(memory, PASSWORD);
        for (int run = 0; run < 6; run++) {
            Files.deleteIfExists(source.resolve("shared-" + (run - 2)));
            Files.write(source.resolve("shared-" + run), shared(run));
            Files.write(source.resolve("own"), own(run));
            BackupSpec spec = BackupSpec.of(new Root.Tree(source, "/s")).withTime(time(run));
            oldestFirst.add(
                    vaults.at(memory).backup(spec, Progress.NONE).snapshot().id());
        }
    }

    private static Instant time(int run) {
        return Instant.parse("%d-0%d-15T12:00:00Z".formatted(2017 + run / 2, run % 2 + 1));
    }

    private static byte[] shared(int run) {
        return HardCases.random(100 + run, 20_000);
    }

    private static byte[] own(int run) {
        return HardCases.random(run, 20_000);
    }

    @Test
    void aPruneLeavesAValidRepository() throws IOException {
        vaults.at(memory)
                .maintenance()
                .forget(List.of(oldestFirst.get(0), oldestFirst.get(2), oldestFirst.get(4), oldestFirst.get(5)));
        boolean isCutOff = true;
        for (int changes = 0; isCutOff; changes++) {
            MemoryBackend copy = copyOf(memory);
            FailingBackend failing = new FailingBackend(copy, changes);
            try {
                vaults.at(failing).maintenance().prune(AT_ONCE);
            } catch (VaultException e) {
                assertThat(e.code()).isEqualTo(VaultException.Code.UNREACHABLE);
            }
            isCutOff = failing.hasFailed();
            Vault vault = vaults.at(copy);
            assertThat(vault.check(EVERYTHING).problems())
                    .as("after %d changes", changes)
                    .isEmpty();
            vault.maintenance().unlockAll();
            PruneReport next = vault.maintenance().prune(AT_ONCE);
            assertThat(next.stayed()).isEmpty();
            assertThat(vault.check(EVERYTHING).problems()).isEmpty();
            assertThat(vault.check(EVERYTHING).notes()).noneMatch(note -> note.contains("in no index"));
            for (int kept : new int[] {1, 3}) {
                assertThat(vault.verify(oldestFirst.get(kept)).problems()).isEmpty();
            }
        }
    }

    @Test
    void repairsLoseNothing() throws IOException {
        BlobIndex.Location lost = vaults.repository(memory)
                .index()
                .refresh()
                .find(BlobKey.data(BlobId.ofContent(shared(4))))
                .orElseThrow();
        flip(
                new Handle(FileType.PACK, lost.pack().toString()),
                (int) lost.blob().offset() + 50);
        flip(
                memory.handles().stream()
                        .filter(file -> file.type() == FileType.INDEX)
                        .findFirst()
                        .orElseThrow(),
                40);
        boolean isCutOff = true;
        for (int changes = 0; isCutOff; changes++) {
            MemoryBackend copy = copyOf(memory);
            FailingBackend failing = new FailingBackend(copy, changes);
            try {
                repairAll(vaults.at(failing), lost.pack());
            } catch (VaultException e) {
                assertThat(e.code()).isIn(VaultException.Code.UNREACHABLE, VaultException.Code.LOCKED);
            }
            isCutOff = failing.hasFailed();
            Vault next = vaults.at(copy);
            next.maintenance().unlockAll();
            repairAll(next, lost.pack());
            assertThat(next.check(EVERYTHING).problems())
                    .as("after %d changes", changes)
                    .isEmpty();
            Snapshot last = next.snapshots().getFirst();
            assertThat(dump(next, last, "/s/shared-5")).isEqualTo(shared(5));
            assertThat(dump(next, last, "/s/own")).isEqualTo(own(5));
            assertThat(next.snapshots())
                    .filteredOn(each -> each.time().equals(time(4)))
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(dump(next, each, "/s/own"))
                            .as("beside what is lost, in the same pack")
                            .isEqualTo(own(4)));
        }
    }

    private static void repairAll(Vault vault, PackId damaged) throws VaultException {
        vault.maintenance().repairIndex(false);
        vault.maintenance().repairPacks(Set.of(damaged));
        vault.maintenance().repairSnapshots(_ -> true, true, false);
    }

    @Test
    void aCopyIsValidAndGoesOn() throws IOException {
        MemoryBackend target = new MemoryBackend();
        Vault.initLike(vaults.at(memory), target, THEIRS).close();
        Vaults theirs = Vaults.of(target, THEIRS);
        boolean isCutOff = true;
        for (int changes = 0; isCutOff; changes++) {
            FailingBackend failing = new FailingBackend(target, changes);
            try {
                vaults.at(memory).copy(theirs.at(failing), CopySpec.ALL, Watch.NONE);
            } catch (VaultException e) {
                assertThat(e.code()).isEqualTo(VaultException.Code.UNREACHABLE);
            }
            isCutOff = failing.hasFailed();
            Vault next = theirs.at(target);
            assertThat(next.check(EVERYTHING).problems())
                    .as("after %d changes", changes)
                    .isEmpty();
            next.maintenance().unlockAll();
        }
        assertThat(theirs.at(target).snapshots())
                .extracting(Snapshot::tree)
                .containsExactlyElementsOf(vaults.at(memory).snapshots().stream()
                        .map(Snapshot::tree)
                        .toList());
    }

    @Test
    void aDroppedArchiveIsWholeOrGone() throws IOException {
        Cut cut = new Cut();
        MemoryShelf shelf = new MemoryShelf(cut);
        DropSpec threeYears = DropSpec.after(Period.ofYears(3), temp.resolve("state/archives"))
                .withGrace(Duration.ZERO);
        boolean dropped = false;
        for (int changes = 0; !dropped; changes++) {
            for (ArchiveName year : YEARS) {
                assertThat(vaultIn2026()
                                .archives(shelf)
                                .fill(year, ReplicationSpec.ALL, ReplicationListener.NONE)
                                .problems())
                        .isEmpty();
            }
            cut.after = changes;
            try {
                dropped =
                        vaultIn2026().archives(shelf).dropExpired(threeYears).getFirst() instanceof ArchiveFate.Dropped;
            } catch (VaultException e) {
                assertThat(e.code()).isEqualTo(VaultException.Code.UNREACHABLE);
            }
            cut.after = Integer.MAX_VALUE;
            MemoryBackend place = shelf.at("2017");
            if (place.handles().contains(Handle.CONFIG)) {
                place.handles().stream()
                        .filter(file -> file.type() == FileType.LOCK)
                        .forEach(place::delete);
                assertThat(vaultIn2026().archives(shelf).list()).contains(year(2017));
                assertThat(vaults.at(place).check(EVERYTHING).problems())
                        .as("after %d changes, by the vault's own key, for those of the archive may have gone", changes)
                        .isEmpty();
                assertThat(vaultIn2026().archives(shelf).dropExpired(threeYears).getFirst())
                        .isInstanceOf(ArchiveFate.Dropped.class);
            }
            try (Vault newest = Impatient.open(shelf.at("2019"), PASSWORD)) {
                assertThat(newest.snapshots()).hasSize(2);
                assertThat(newest.check(EVERYTHING).problems()).isEmpty();
            }
        }
    }

    private static final class Cut implements UnaryOperator<Backend> {

        private int after = Integer.MAX_VALUE;

        @Override
        public Backend apply(Backend place) {
            return new FailingBackend(place, after);
        }
    }

    private Vault vaultIn2026() {
        MovedPace pace = new MovedPace();
        pace.set(Instant.parse("2026-03-01T12:00:00Z"));
        return vaults.at(memory, Vaults.AT_ONCE.withPace(pace));
    }

    private static ArchiveName year(int year) {
        return ArchiveName.parse(Integer.toString(year)).orElseThrow();
    }

    private static MemoryBackend copyOf(MemoryBackend place) throws IOException {
        MemoryBackend copy = new MemoryBackend();
        for (Handle handle : place.handles()) {
            copy.corrupt(handle, place.load(handle));
        }
        return copy;
    }

    private void flip(Handle file, int at) throws IOException {
        byte[] bad = memory.load(file);
        bad[at] ^= 1;
        memory.corrupt(file, bad);
    }

    private static byte[] dump(Vault vault, Snapshot snapshot, String path) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        vault.contents().dump(snapshot.id(), path, out);
        return out.toByteArray();
    }
}
