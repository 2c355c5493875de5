package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.Fault;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backend.testing.Trigger;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.contents.ArchivePart;
import io.holdfast.vault.contents.ArchiveType;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.prune.PruneSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Everything that changes a repository, with each of its calls to the place going wrong in each way, once and from then
 * on. Whatever it answers: what was announced before reads back as it was, check finds nothing wrong unless the place
 * itself stored other bytes, and the same act done again succeeds.
 */
class FaultsIT {

    private static final Password PASSWORD = Password.of("secret");
    private static final Password OTHER = Password.of("other");

    enum Act {
        BACKUP {
            @Override
            void on(Vault vault, FaultsIT test) throws IOException {
                BackupResult result =
                        vault.backup(test.spec.withTime(test.spec.time().plusSeconds(9)), Progress.NONE);
                test.announced.put(
                        result.snapshot().id(), archive(vault, result.snapshot().id()));
            }
        },
        FORGET {
            @Override
            void on(Vault vault, FaultsIT test) throws IOException {
                vault.maintenance().forget(List.of(test.oldest));
            }
        },
        PRUNE {
            @Override
            void prepare(Vault vault, FaultsIT test) throws IOException {
                vault.maintenance().forget(List.of(test.oldest));
            }

            @Override
            void on(Vault vault, FaultsIT test) throws IOException {
                vault.maintenance().prune(PruneSpec.immediately());
            }
        },
        TAG {
            @Override
            void on(Vault vault, FaultsIT test) throws IOException {
                vault.maintenance().tag(_ -> true, new TagChange.Set(List.of("kept")));
            }
        },
        CHANGE_PASSWORD {
            @Override
            void on(Vault vault, FaultsIT test) throws IOException {
                vault.keys().changePassword(OTHER);
            }
        };

        boolean faces(Fault fault) {
            return this != PRUNE || !(fault instanceof Fault.PartialListing);
        }

        boolean removesTheOldest() {
            return this == FORGET || this == PRUNE;
        }

        /** Done before, with nothing going wrong. */
        void prepare(Vault vault, FaultsIT test) throws IOException {}

        abstract void on(Vault vault, FaultsIT test) throws IOException;
    }

    @TempDir
    Path temp;

    private final Map<Handle, byte[]> good = new LinkedHashMap<>();
    private final Map<SnapshotId, byte[]> announced = new LinkedHashMap<>();
    private BackupSpec spec = BackupSpec.of(new Root.Generated("/s", new byte[0]));
    private SnapshotId oldest = Snapshot.UNSTORED;

    @BeforeEach
    void threeSnapshots() throws IOException {
        Path source = Files.createDirectories(temp.resolve("source/below"));
        spec = BackupSpec.of(new Root.Tree(temp.resolve("source"), "/s"));
        MemoryBackend backend = new MemoryBackend();
        try (Vault vault = Vault.init(backend, PASSWORD, Duration.ZERO)) {
            for (int run = 0; run < 3; run++) {
                Files.write(source.resolve("file-" + run), HardCases.random(run, 700));
                Files.write(source.resolveSibling("changing"), HardCases.random(10 + run, 400));
                vault.backup(spec.withTime(spec.time().plusSeconds(run)), Progress.NONE);
            }
            for (Snapshot snapshot : vault.snapshots()) {
                announced.put(snapshot.id(), archive(vault, snapshot.id()));
            }
            oldest = vault.snapshots().getLast().id();
        }
        for (Handle handle : backend.handles()) {
            good.put(handle, backend.load(handle));
        }
        Files.write(source.resolve("new"), HardCases.random(20, 600));
    }

    @ParameterizedTest
    @EnumSource
    void leaveEverythingAnnouncedAsItWas(Act act) throws IOException {
        int tried = Faults.each((trigger, fault) -> act.faces(fault) && strikes(act, trigger, fault));
        System.out.printf("%s: %d faults%n", act, tried);
    }

    private boolean strikes(Act act, Trigger trigger, Fault fault) throws IOException {
        String how = "%s with %s at %s".formatted(act, fault, trigger);
        MemoryBackend place = new MemoryBackend();
        good.forEach(place::corrupt);
        Map<SnapshotId, byte[]> before = Map.copyOf(announced);
        try (Vault vault = Impatient.open(place, PASSWORD)) {
            act.prepare(vault, this);
        }
        FaultyBackend faulty = new FaultyBackend(place);
        AtomicBoolean struck = new AtomicBoolean();
        try (Vault vault = Impatient.open(faulty, PASSWORD)) {
            struck = Faults.arm(faulty, trigger, fault);
            act.on(vault, this);
        } catch (VaultException e) {
            assertThat(struck).as("%s: %s", how, e.getMessage()).isTrue();
        }
        if (struck.get()) {
            boolean otherBytes = Faults.storesOtherBytes(trigger, fault);
            if (otherBytes) {
                assertNoticed(place, how);
            }
            try (Vault vault = reopened(place)) {
                vault.maintenance().unlockAll();
                assertReadsBack(act, vault, otherBytes ? before : announced, how);
                if (!otherBytes) {
                    assertThat(vault.check(CheckSpec.EVERYTHING).problems())
                            .as(how)
                            .isEmpty();
                    act.on(vault, this);
                    assertThat(vault.check(CheckSpec.EVERYTHING).problems())
                            .as(how)
                            .isEmpty();
                }
            }
        }
        announced.keySet().removeIf(id -> !before.containsKey(id));
        return struck.get();
    }

    /** Finds what the place broke, and takes it away where nothing else can be done. */
    private static void assertNoticed(MemoryBackend place, String how) throws IOException {
        List<Handle> broken = new ArrayList<>();
        for (Handle handle : place.handles()) {
            if (handle.type() != FileType.CONFIG
                    && !handle.name()
                            .equals(Digest.ofContent(place.load(handle)).toString())) {
                broken.add(handle);
            }
        }
        List<Handle> seen =
                broken.stream().filter(handle -> handle.type() != FileType.LOCK).toList();
        if (!seen.isEmpty()) {
            try (Vault vault = reopened(place)) {
                vault.maintenance().unlockAll();
                assertThat(vault.check(CheckSpec.EVERYTHING).problems()).as(how).isNotEmpty();
            } catch (VaultException e) {
                assertThat(e.code()).as(how).isEqualTo(VaultException.Code.DAMAGED);
            }
        }
        for (Handle handle : broken) {
            place.delete(handle);
        }
    }

    private static Vault reopened(MemoryBackend place) throws IOException {
        try {
            return Impatient.open(place, PASSWORD);
        } catch (VaultException e) {
            if (e.code() != VaultException.Code.WRONG_PASSWORD) {
                throw e;
            }
            return Impatient.open(place, OTHER);
        }
    }

    /** Under whatever id, and nothing else. */
    private void assertReadsBack(Act act, Vault vault, Map<SnapshotId, byte[]> expected, String how)
            throws IOException {
        List<byte[]> found = new ArrayList<>();
        for (Snapshot snapshot : vault.snapshots()) {
            try {
                found.add(archive(vault, snapshot.id()));
            } catch (VaultException e) {
                assertThat(e.code()).as(how).isEqualTo(VaultException.Code.DAMAGED);
            }
        }
        for (var each : expected.entrySet()) {
            if (!each.getKey().equals(oldest) || !act.removesTheOldest()) {
                assertThat(found).as(how).contains(each.getValue());
            }
        }
        if (act != Act.BACKUP) {
            assertThat(expected.values()).as(how).containsAll(found);
        }
    }

    private static byte[] archive(Vault vault, SnapshotId id) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        vault.contents().archive(List.of(new ArchivePart(id, "/", "")), ArchiveType.TAR, out);
        return out.toByteArray();
    }
}
