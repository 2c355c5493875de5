package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.copy.CopyReport;
import io.holdfast.vault.copy.CopySpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.feedback.Watch;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy into another repository, with each of its calls to the one place or the other going wrong in each way. */
class CopyFaultsIT {

    private static final Password OURS = Password.of("ours");
    private static final Password THEIRS = Password.of("theirs");
    private static final CheckSpec CHECK = CheckSpec.EVERYTHING.withNoLock(true);

    @TempDir
    Path temp;

    private final MemoryBackend source = new MemoryBackend();
    private final MemoryBackend target = new MemoryBackend();

    @BeforeEach
    void threeSnapshots() throws IOException {
        Path directory = Files.createDirectories(temp.resolve("source/below"));
        BackupSpec spec = BackupSpec.of(new Root.Tree(temp.resolve("source"), "/s"));
        try (Vault vault = Vault.init(source, OURS, Duration.ZERO)) {
            for (int run = 0; run < 3; run++) {
                Files.write(directory.resolve("file-" + run), HardCases.random(run, 900));
                vault.backup(spec.withTime(spec.time().plusSeconds(run)), Progress.NONE);
            }
            Vault.initLike(vault, target, THEIRS).close();
        }
    }

    @Test
    void anythingThatGoesWrongInEitherPlaceLeavesAWholeTargetAndIsMadeUpFor() throws IOException {
        int tried = Faults.each((trigger, fault) -> {
            MemoryBackend place = duplicate(target);
            FaultyBackend faulty = new FaultyBackend(place);
            AtomicBoolean struck = Faults.arm(faulty, trigger, fault);
            judge(source, faulty, place, struck, "the target: %s at %s".formatted(fault, trigger));
            return struck.get();
        });
        tried += Faults.each((trigger, fault) -> {
            FaultyBackend faulty = new FaultyBackend(duplicate(source));
            MemoryBackend place = duplicate(target);
            AtomicBoolean struck = Faults.arm(faulty, trigger, fault);
            if (!Faults.storesOtherBytes(trigger, fault)) {
                judge(faulty, place, place, struck, "the source: %s at %s".formatted(fault, trigger));
            }
            return struck.get();
        });
        System.out.println("copy: %d faults".formatted(tried));
    }

    private void judge(Backend from, Backend to, MemoryBackend place, AtomicBoolean struck, String how)
            throws IOException {
        try (Vault ours = Impatient.open(from, OURS);
                Vault theirs = Impatient.open(to, THEIRS)) {
            ours.copy(theirs, CopySpec.ALL, Watch.NONE);
        } catch (VaultException e) {
            assertThat(struck).as("%s: %s", how, e.getMessage()).isTrue();
        }
        try (Vault theirs = Impatient.open(place, THEIRS)) {
            theirs.maintenance().unlockAll();
            assertThat(theirs.check(CHECK).problems()).as(how).isEmpty();
        }
        assertThat(copy(place, CopySpec.ALL).problems()).as(how).isEmpty();
        try (Vault theirs = Impatient.open(place, THEIRS)) {
            assertThat(theirs.check(CHECK).problems()).as(how).isEmpty();
        }
        assertThat(trees(place, THEIRS)).as(how).isEqualTo(trees(source, OURS));
    }

    private CopyReport copy(Backend to, CopySpec which) throws IOException {
        try (Vault ours = Impatient.open(source, OURS);
                Vault theirs = Impatient.open(to, THEIRS)) {
            return ours.copy(theirs, which, Watch.NONE);
        }
    }

    private static Set<Object> trees(Backend place, Password password) throws IOException {
        try (Vault vault = Impatient.open(place, password)) {
            return vault.snapshots().stream().map(Snapshot::tree).collect(Collectors.toSet());
        }
    }

    private static MemoryBackend duplicate(MemoryBackend place) throws IOException {
        MemoryBackend duplicate = new MemoryBackend();
        for (Handle handle : place.handles()) {
            duplicate.corrupt(handle, place.load(handle));
        }
        return duplicate;
    }
}
