package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationReport;
import io.holdfast.vault.replica.ReplicationSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replication, with each of its calls to the one place or the other going wrong in each way. What it announced is in the
 * copy and reads back; nothing wrong is in the copy; and the next run makes it whole.
 */
class ReplicationFaultsIT {

    private static final Password PASSWORD = Password.of("secret");

    @TempDir
    Path temp;

    private final MemoryBackend source = new MemoryBackend();
    private final MemoryBackend begun = new MemoryBackend();
    private SnapshotId first = Snapshot.UNSTORED;

    /** The copy has the first of them already. */
    @BeforeEach
    void threeSnapshots() throws IOException {
        Path directory = Files.createDirectories(temp.resolve("source/below"));
        BackupSpec spec = BackupSpec.of(new Root.Tree(temp.resolve("source"), "/s"));
        try (Vault vault = Vault.init(source, PASSWORD, Duration.ZERO)) {
            for (int run = 0; run < 3; run++) {
                Files.write(directory.resolve("file-" + run), HardCases.random(run, 700));
                vault.backup(spec.withTime(spec.time().plusSeconds(run)), Progress.NONE);
                if (run == 0) {
                    first = vault.snapshots().getFirst().id();
                    vault.copies().replicate(begun, ReplicationSpec.ALL, ReplicationListener.NONE);
                }
            }
        }
    }

    @Test
    void aTargetThatFailsHoldsNothingWrongAndIsMadeWhole() throws IOException {
        int tried = Faults.each((trigger, fault) -> {
            MemoryBackend target = copy(begun);
            FaultyBackend faulty = new FaultyBackend(target);
            AtomicBoolean struck = Faults.arm(faulty, trigger, fault);
            String how = "the target: %s at %s".formatted(fault, trigger);
            if (Faults.storesOtherBytes(trigger, fault)) {
                assertNoticed(faulty, target, how);
            } else {
                judge(source, faulty, target, struck, how);
            }
            return struck.get();
        });
        System.out.println("replication, target: %d faults".formatted(tried));
    }

    @Test
    void aSourceThatFailsLeavesNothingWrongInTheTarget() throws IOException {
        int tried = Faults.each((trigger, fault) -> {
            if (Faults.storesOtherBytes(trigger, fault)) {
                return false;
            }
            MemoryBackend target = copy(begun);
            FaultyBackend faulty = new FaultyBackend(copy(source));
            AtomicBoolean struck = Faults.arm(faulty, trigger, fault);
            judge(faulty, target, target, struck, "the source: %s at %s".formatted(fault, trigger));
            return struck.get();
        });
        System.out.println("replication, source: %d faults".formatted(tried));
    }

    private void judge(Backend from, Backend to, MemoryBackend target, AtomicBoolean struck, String how)
            throws IOException {
        Set<SnapshotId> announced = new HashSet<>();
        try (Vault vault = Impatient.open(from, PASSWORD)) {
            announced.addAll(vault.copies()
                    .replicate(to, ReplicationSpec.ALL, ReplicationListener.NONE)
                    .complete());
        } catch (VaultException e) {
            assertThat(struck).as("%s: %s", how, e.getMessage()).isTrue();
        }
        try (Vault copy = Impatient.open(target, PASSWORD)) {
            copy.maintenance().unlockAll();
            assertThat(copy.snapshots()).as(how).extracting(Snapshot::id).containsAll(announced);
            for (Snapshot snapshot : copy.snapshots()) {
                assertThat(copy.verify(snapshot.id()).problems()).as(how).isEmpty();
            }
            assertThat(copy.check(CheckSpec.EVERYTHING).problems()).as(how).isEmpty();
        }
        try (Vault vault = Impatient.open(source, PASSWORD)) {
            ReplicationReport next = vault.copies().replicate(target, ReplicationSpec.ALL, ReplicationListener.NONE);
            assertThat(next.problems()).as(how).isEmpty();
            assertThat(next.complete()).as(how).hasSize(3);
        }
        try (Vault copy = Impatient.open(target, PASSWORD)) {
            assertThat(copy.check(CheckSpec.EVERYTHING).problems()).as(how).isEmpty();
        }
    }

    /** Damage that the place did not tell of is found in the copy, if it was not on the way; what the copy had is there. */
    private void assertNoticed(Backend faulty, MemoryBackend target, String how) throws IOException {
        boolean noticed;
        try (Vault vault = Impatient.open(source, PASSWORD)) {
            noticed = !vault.copies()
                    .replicate(faulty, ReplicationSpec.ALL, ReplicationListener.NONE)
                    .isComplete();
        } catch (VaultException e) {
            noticed = true;
        }
        boolean broken = false;
        for (Handle handle : target.handles()) {
            broken |= handle.type() != FileType.CONFIG
                    && handle.type() != FileType.LOCK
                    && !handle.name()
                            .equals(Digest.ofContent(target.load(handle)).toString());
        }
        try (Vault copy = Impatient.open(target, PASSWORD)) {
            copy.maintenance().unlockAll();
            noticed |= !copy.check(CheckSpec.EVERYTHING).isIntact();
            assertThat(copy.verify(first).problems()).as(how).isEmpty();
        } catch (VaultException e) {
            assertThat(e.code()).as(how).isEqualTo(VaultException.Code.DAMAGED);
            noticed = true;
        }
        assertThat(noticed || !broken).as(how).isTrue();
    }

    private static MemoryBackend copy(MemoryBackend place) throws IOException {
        MemoryBackend copy = new MemoryBackend();
        for (Handle handle : place.handles()) {
            copy.corrupt(handle, place.load(handle));
        }
        return copy;
    }
}
