package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Draft;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckReport;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.lock.LockSettings;
import io.holdfast.vault.lock.MovedPace;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups that are all read before the first becomes a snapshot. */
class BackupsTest {

    @TempDir
    private Path temp;

    private final MemoryBackend memory = new MemoryBackend();
    private final FaultyBackend watched = new FaultyBackend(memory);
    private final MovedPace pace = new MovedPace();
    private Vault vault;

    @BeforeEach
    void emptyVault() throws IOException {
        vault = Vault.init(memory, Password.of("secret"), Duration.ZERO);
        write("a", "one");
        write("b", "twice two");
    }

    @Test
    void showNothingBeforeTheyAreCommittedAndThenWhatWasReadBefore() throws IOException {
        try (Backups backups = vault.backups()) {
            Draft a = backups.read(spec("a"), Progress.NONE);
            Draft b = backups.read(spec("b"), Progress.NONE);
            write("a", "changed since");
            assertThat(vault.snapshots()).isEmpty();

            Snapshot first = backups.commit(a).snapshot();

            assertThat(vault.snapshots()).containsExactly(first);
            backups.commit(b);
        }
        assertThat(vault.snapshots()).hasSize(2);
        assertThat(content("a")).isEqualTo("one");
        assertThat(content("b")).isEqualTo("twice two");
        assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
    }

    @Test
    void countWhatEachAdded() throws IOException {
        try (Backups backups = vault.backups()) {
            Draft a = backups.read(spec("a"), Progress.NONE);
            Draft b = backups.read(spec("b"), Progress.NONE);

            assertThat(added(backups.commit(a))).isEqualTo(1);
            assertThat(added(backups.commit(b))).isEqualTo(1);
        }
    }

    @Test
    void goOnWithoutOneThatCannotBeRead() throws IOException {
        try (Backups backups = vault.backups()) {
            Draft a = backups.read(spec("a"), Progress.NONE);
            assertThatThrownBy(() -> backups.read(spec("gone"), Progress.NONE)).isInstanceOf(VaultException.class);
            assertThatThrownBy(() -> backups.read(breakingOff(), Progress.NONE)).isInstanceOf(VaultException.class);
            Draft b = backups.read(spec("b"), Progress.NONE);

            backups.commit(a);
            backups.commit(b);
        }
        assertThat(vault.snapshots()).hasSize(2);
        assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
    }

    @Test
    void leaveNothingVisibleOfWhatIsNotCommitted() throws IOException {
        try (Backups backups = vault.backups()) {
            backups.read(spec("a"), Progress.NONE);
        }

        assertThat(vault.snapshots()).isEmpty();
        assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
    }

    @Test
    void keepWhatASourceThatDidNotEndWellGave() throws IOException {
        try (Backups backups = vault.backups()) {
            Draft a = backups.read(
                    spec("a").withTagging((problems, _) -> List.of(problems.isEmpty() ? "good" : "incomplete")),
                    Progress.NONE);
            a.flawed(new IOException("the server does not answer"));

            BackupResult result = backups.commit(a);

            assertThat(result.problems()).containsExactly(new Problem("/v/a", "the server does not answer"));
            assertThat(result.snapshot().tags()).containsExactly("incomplete");
        }
        assertThat(content("a")).isEqualTo("one");
    }

    @Test
    void areAllLostWithAnIndexThatCouldNotBeStored() throws IOException {
        FaultyBackend place = new FaultyBackend(new MemoryBackend());
        vault = Vault.init(place, Password.of("secret"), Duration.ZERO);
        place.on(Trigger.of(Operation.STORE, FileType.INDEX).onCall(1), new Fault.Failure(Kind.UNREACHABLE));

        try (Backups backups = vault.backups()) {
            Draft a = backups.read(spec("a"), Progress.NONE);
            Draft b = backups.read(spec("b"), Progress.NONE);

            assertIsRefused(backups, a, VaultException.Code.UNREACHABLE);
            assertIsRefused(backups, b, VaultException.Code.UNREACHABLE);
        }
        assertThat(vault.snapshots()).isEmpty();
        assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
    }

    @Test
    void areAllLostWithAPackWhoseStoringWasInterrupted() throws IOException {
        try (Backups backups = vault.backups()) {
            Draft a = backups.read(spec("a"), Progress.NONE);
            Draft b = backups.read(spec("b"), Progress.NONE);

            Thread.currentThread().interrupt();
            assertIsRefused(backups, a, VaultException.Code.INTERRUPTED);
            assertThat(Thread.interrupted()).isTrue();
            assertIsRefused(backups, b, VaultException.Code.LOCAL_IO);
        }
        assertThat(vault.snapshots()).isEmpty();
        assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
    }

    @Test
    void storeNoIndexOverPacksThatNobodyMayRelyOnAnyMore() throws IOException {
        try (Backups backups = watched().backups()) {
            Draft a = backups.read(spec("a"), Progress.NONE);
            watched.on(Trigger.of(Operation.STORE, FileType.PACK).onCall(1), new Fault.After(this::loseTheLock));

            assertIsRefused(backups, a, VaultException.Code.LOCKED);
        }
        assertThat(memory.list(FileType.PACK)).isNotEmpty();
        assertThat(memory.list(FileType.INDEX)).isEmpty();
    }

    @Test
    void showNothingWhenTheirLockWasLostWhileAGuardWasAsked() throws IOException {
        try (Backups backups = watched().backups()) {
            Draft a = backups.read(spec("a").withCommitGuard(this::loseTheLock), Progress.NONE);

            assertIsRefused(backups, a, VaultException.Code.LOCKED);
        }
        assertThat(memory.list(FileType.SNAPSHOT)).isEmpty();
    }

    @Test
    void takeNoDraftThatIsNotTheirOwnOrHasBeenCommitted() throws IOException {
        Draft closed;
        try (Backups backups = vault.backups()) {
            closed = backups.read(spec("a"), Progress.NONE);
        }
        try (Backups backups = vault.backups();
                Backups others = vault.backups()) {
            Draft theirs = others.read(spec("a"), Progress.NONE);
            Draft own = backups.read(spec("b"), Progress.NONE);
            backups.commit(own);

            for (Draft draft : List.of(closed, theirs, own)) {
                assertThatThrownBy(() -> backups.commit(draft)).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(vault.snapshots()).hasSize(1);
        assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
    }

    @Test
    void canNeitherReadNorCommitOnceTheyAreClosed() throws IOException {
        Backups backups = vault.backups();
        Draft a = backups.read(spec("a"), Progress.NONE);
        backups.close();

        assertThatThrownBy(() -> backups.read(spec("b"), Progress.NONE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> backups.commit(a)).isInstanceOf(IllegalArgumentException.class);
        assertThat(vault.snapshots()).isEmpty();
    }

    @Test
    void canBeCommittedAgainWhenThePlaceDidNotTakeTheSnapshot() throws IOException {
        try (Backups backups = watched().backups()) {
            Draft a = backups.read(spec("a"), Progress.NONE);
            watched.on(Trigger.of(Operation.STORE, FileType.SNAPSHOT).onCall(1), new Fault.Failure(Kind.UNREACHABLE));
            assertIsRefused(backups, a, VaultException.Code.UNREACHABLE);

            assertThat(backups.commit(a).stored()).isTrue();
        }
        assertThat(memory.list(FileType.SNAPSHOT)).hasSize(1);
    }

    @Test
    void leaveNothingThatNobodyCanOpenWhenTheVaultIsClosedMeanwhile() throws IOException {
        try (Backups backups = vault.backups()) {
            Draft a = backups.read(spec("a"), Progress.NONE);
            vault.close();

            assertThatThrownBy(() -> backups.commit(a)).isInstanceOf(IllegalStateException.class);
        }
        vault = Vault.open(memory, Password.of("secret"), Duration.ZERO);
        assertThat(vault.snapshots()).isEmpty();
        CheckReport report = vault.check(CheckSpec.EVERYTHING);
        assertThat(report.problems()).isEmpty();
        assertThat(report.notes()).isEmpty();
    }

    @Test
    @Timeout(60)
    void giveTurnAndLockBackWhenNotEvenTheIndexFitsIntoMemory() throws IOException {
        Vault tight = watched();
        watched.on(Trigger.of(Operation.LIST, FileType.INDEX), new Fault.Before(() -> {
            throw new OutOfMemoryError("a test asked for it");
        }));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(tight::backups).isInstanceOf(OutOfMemoryError.class);
        }
        watched.heal();

        assertThat(memory.list(FileType.LOCK)).isEmpty();
        tight.backups().close();
    }

    /** The same repository, on a clock that is moved. */
    private Vault watched() throws IOException {
        LockSettings locks = LockSettings.standard().withPace(pace).withSettle(Duration.ZERO);
        return Vault.open(watched, Password.of("secret"), VaultOptions.DEFAULT, locks);
    }

    /** As when the machine sleeps for so long that another one takes its lock for stale, and works alone. */
    private void loseTheLock() {
        memory.list(FileType.LOCK).forEach(lock -> memory.delete(lock.handle()));
        pace.advance(Duration.ofHours(1));
    }

    private static void assertIsRefused(Backups backups, Draft draft, VaultException.Code code) {
        assertThatThrownBy(() -> backups.commit(draft))
                .isInstanceOfSatisfying(
                        VaultException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private BackupSpec spec(String name) {
        return BackupSpec.of(new Root.Tree(temp.resolve(name), "/v/" + name));
    }

    private static BackupSpec breakingOff() {
        return BackupSpec.of(Root.Stream.of(
                "/v/dump",
                () -> {
                    throw new IOException("no such server");
                },
                Instant.EPOCH));
    }

    private void write(String directory, String content) throws IOException {
        Files.writeString(Files.createDirectories(temp.resolve(directory)).resolve("file"), content);
    }

    private String content(String name) throws IOException {
        Snapshot of = vault.snapshots().stream()
                .filter(snapshot -> snapshot.paths().equals(List.of("/v/" + name)))
                .findFirst()
                .orElseThrow();
        var out = new ByteArrayOutputStream();
        vault.contents().dump(of.id(), "/v/" + name + "/file", out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static long added(BackupResult result) {
        return result.snapshot().summary().orElseThrow().dataBlobs();
    }
}
