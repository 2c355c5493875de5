package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.copy.CopyReport;
import io.holdfast.vault.copy.CopySpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.feedback.Watch;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyTest {

    private static final Password OURS = Password.of("ours");
    private static final Password THEIRS = Password.of("theirs");
    private static final CheckSpec CHECK = CheckSpec.EVERYTHING.withNoLock(true);

    @TempDir
    Path temp;

    private final MemoryBackend source = new MemoryBackend();
    private final MemoryBackend target = new MemoryBackend();
    private BackupSpec spec;

    /** Each has a file more. */
    @BeforeEach
    void threeSnapshots() throws IOException {
        Path directory = Files.createDirectories(temp.resolve("source/below"));
        spec = BackupSpec.of(new Root.Tree(temp.resolve("source"), "/s"));
        try (Vault vault = Vault.init(source, OURS, Duration.ZERO)) {
            for (int run = 0; run < 3; run++) {
                Files.write(directory.resolve("file-" + run), HardCases.random(run, 9_000 * (run + 1)));
                vault.backup(spec.withTime(spec.time().plusSeconds(run)), Progress.NONE);
            }
            Vault.initLike(vault, target, THEIRS).close();
        }
    }

    @Test
    void whatArrivesIsWhatWasThereUnderAnotherKey() throws IOException {
        CopyReport report = copy(target, CopySpec.ALL);

        assertThat(report.problems()).isEmpty();
        assertThat(report.copied()).hasSize(3);
        try (Vault theirs = Impatient.open(target, THEIRS);
                Vault ours = Impatient.open(source, OURS)) {
            assertThat(theirs.check(CHECK).problems()).isEmpty();
            assertThat(theirs.id()).isNotEqualTo(ours.id());
            List<Snapshot> originals = ours.snapshots();
            List<Snapshot> copies = theirs.snapshots();
            for (int i = 0; i < 3; i++) {
                assertThat(copies.get(i).tree()).isEqualTo(originals.get(i).tree());
                assertThat(copies.get(i).original()).contains(originals.get(i).id());
                assertThat(copies.get(i).parent()).isEmpty();
                assertThat(copies.get(i).summary()).isEqualTo(originals.get(i).summary());
            }
            theirs.restore(copies.getFirst().id(), RestoreSpec.of("/s", temp.resolve("restored")), Progress.NONE);
        }
        assertThat(Manifest.of(temp.resolve("restored"))).isEqualTo(Manifest.of(temp.resolve("source")));
    }

    @Test
    void aSecondCopyWritesNothing() throws IOException {
        CopyReport first = copy(target, CopySpec.ALL);
        Set<Handle> before = target.handles();

        CopyReport second = copy(target, CopySpec.ALL);

        assertThat(second.copied()).isEmpty();
        assertThat(second.present()).isEqualTo(first.copied());
        assertThat(second.blobs()).isZero();
        assertThat(target.handles()).isEqualTo(before);
    }

    @Test
    void aCopyComesHomeToItsOriginal() throws IOException {
        copy(target, CopySpec.ALL);
        try (Vault theirs = Impatient.open(target, THEIRS);
                Vault ours = Impatient.open(source, OURS)) {
            CopyReport back = theirs.copy(ours, CopySpec.ALL, Watch.NONE);

            assertThat(back.copied()).isEmpty();
            assertThat(back.present()).hasSize(3);
        }
    }

    @Test
    void chosenSnapshotsComeAlone() throws IOException {
        SnapshotId second = ids(source, OURS).get(1);

        CopyReport report =
                copy(target, CopySpec.ALL.withWanted(each -> each.id().equals(second)));

        assertThat(report.copied()).extracting(CopyReport.Pair::source).containsExactly(second);
        assertThat(ids(target, THEIRS)).hasSize(1);
        assertThat(copy(target, CopySpec.ALL).present()).hasSize(1);
    }

    @Test
    void aSnapshotWhoseTagsHaveChangedIsCopiedAgainWithItsFirstVersionsId() throws IOException {
        copy(target, CopySpec.ALL);
        SnapshotId first = ids(source, OURS).getLast();
        try (Vault ours = Impatient.open(source, OURS)) {
            ours.maintenance().tag(each -> each.id().equals(first), new TagChange.Edit(List.of("kept"), List.of()));
        }

        CopyReport report = copy(target, CopySpec.ALL);

        assertThat(report.copied()).hasSize(1);
        assertThat(report.blobs()).isZero();
        try (Vault theirs = Impatient.open(target, THEIRS)) {
            assertThat(theirs.snapshots())
                    .filteredOn(each -> each.tags().contains("kept"))
                    .extracting(each -> each.original().orElseThrow())
                    .containsExactly(first);
        }
    }

    @Test
    void contentThatTheOtherHasByItsOwnBackupIsNotWrittenAgain() throws IOException {
        try (Vault theirs = Impatient.open(target, THEIRS)) {
            theirs.backup(spec, Progress.NONE);
        }

        CopyReport report = copy(target, CopySpec.ALL);

        assertThat(report.copied()).hasSize(3);
        assertThat(report.bytes()).as("only directories of the older ones").isLessThan(5_000);
    }

    @Test
    void damageConcernsOnlyTheSnapshotsThatNeedIt() throws IOException {
        Handle newest;
        try (Vault ours = Impatient.open(source, OURS)) {
            assertThat(ours.check(CHECK).problems()).isEmpty();
            newest = source.handles().stream()
                    .filter(each -> each.type() == FileType.PACK)
                    .max((one, other) -> Long.compare(size(one), size(other)))
                    .orElseThrow();
        }
        byte[] broken = source.load(newest);
        broken[1000] ^= 1;
        source.corrupt(newest, broken);

        CopyReport report = copy(target, CopySpec.ALL);

        assertThat(report.copied()).hasSize(2);
        assertThat(report.problems()).hasSize(1);
        assertThat(report.problems().getFirst().toString()).contains("was not copied", newest.toString());
        try (Vault theirs = Impatient.open(target, THEIRS)) {
            assertThat(theirs.check(CHECK).problems()).isEmpty();
        }
    }

    @Test
    void whatAnIndexNamesIsNotWrittenAgainAfterACut() throws IOException {
        FaultyBackend faulty = new FaultyBackend(target)
                .on(Trigger.of(Operation.STORE, FileType.SNAPSHOT), new Fault.Failure(Kind.UNREACHABLE));
        assertThatThrownBy(() -> copy(faulty, CopySpec.ALL)).isInstanceOf(VaultException.class);

        CopyReport again = copy(target, CopySpec.ALL.withWanted(oldest()));

        assertThat(again.copied()).hasSize(1);
        assertThat(again.blobs()).isZero();
    }

    private CopyReport copy(Backend to, CopySpec which) throws IOException {
        try (Vault ours = Impatient.open(source, OURS);
                Vault theirs = Impatient.open(to, THEIRS)) {
            ours.maintenance().unlockAll();
            return ours.copy(theirs, which, Watch.NONE);
        }
    }

    private Predicate<Snapshot> oldest() throws IOException {
        SnapshotId oldest = ids(source, OURS).getLast();
        return each -> each.id().equals(oldest);
    }

    private static List<SnapshotId> ids(Backend place, Password password) throws IOException {
        try (Vault vault = Impatient.open(place, password)) {
            return vault.snapshots().stream().map(Snapshot::id).toList();
        }
    }

    private long size(Handle handle) {
        try {
            return source.size(handle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
