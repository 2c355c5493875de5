package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.holdfast.vault.contents.ArchivePart;
import io.holdfast.vault.contents.ArchiveType;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.restore.RestoreSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to a stored byte: opening or checking the repository tells, and what is read back is what was stored,
 * or an error. What a check cannot tell stands in {@link #HARMLESS}, each with the reason.
 */
class EveryByteIT {

    private static final String NO_INDEX_NAMES_IT =
            "no index names it, so it is no pack; a repair of the index reports it";
    private static final String NAMES_NO_PACKS = "authentic, and as an index it names no packs";
    private static final Map<String, String> HARMLESS = Map.of(
            "delete KEY that others do without",
            "a key file is named nowhere: without it the others open the repository as before",
            "delete SNAPSHOT",
            "a snapshot is named nowhere: a deleted one looks like a forgotten one",
            "copy KEY into PACK",
            NO_INDEX_NAMES_IT,
            "copy INDEX into PACK",
            NO_INDEX_NAMES_IT,
            "copy SNAPSHOT into PACK",
            NO_INDEX_NAMES_IT,
            "copy LOCK into PACK",
            NO_INDEX_NAMES_IT,
            "copy SNAPSHOT into INDEX",
            NAMES_NO_PACKS,
            "copy LOCK into INDEX",
            NAMES_NO_PACKS);

    private static final Set<VaultException.Code> REFUSALS = Set.of(
            VaultException.Code.DAMAGED,
            VaultException.Code.WRONG_PASSWORD,
            VaultException.Code.NO_REPOSITORY,
            VaultException.Code.NO_SUCH_SNAPSHOT,
            VaultException.Code.LOCKED);

    private static final Password PASSWORD = Password.of("secret");

    @TempDir
    Path temp;

    private final MemoryBackend backend = new MemoryBackend();
    private final Map<Handle, byte[]> good = new LinkedHashMap<>();
    private final Map<SnapshotId, byte[]> contents = new LinkedHashMap<>();
    private final TreeSet<String> unnoticed = new TreeSet<>();
    private int tried;

    @BeforeEach
    void aSmallRepository() throws IOException {
        Path source = Files.createDirectories(temp.resolve("source"));
        Files.write(source.resolve("random"), HardCases.random(3, 40));
        Files.writeString(source.resolve("text"), "text ".repeat(100));
        Files.createSymbolicLink(source.resolve("link"), Path.of("text"));
        try (Vault vault = Vault.init(backend, PASSWORD, Duration.ZERO)) {
            backup(vault, 0);
        }
        assertThat(good.keySet())
                .extracting(Handle::type)
                .contains(FileType.CONFIG, FileType.KEY, FileType.PACK, FileType.INDEX, FileType.SNAPSHOT)
                .doesNotContain(FileType.LOCK);
    }

    private void backup(Vault vault, int second) throws IOException {
        BackupSpec spec = BackupSpec.of(new Root.Tree(temp.resolve("source"), "/s"));
        SnapshotId id = vault.backup(spec.withTime(spec.time().plusSeconds(second)), Progress.NONE)
                .snapshot()
                .id();
        contents.put(id, read(vault, id));
        for (Handle handle : backend.handles().stream()
                .filter(handle -> handle.type() != FileType.LOCK)
                .sorted(Comparator.comparing(Handle::path))
                .toList()) {
            good.put(handle, backend.load(handle));
        }
    }

    @AfterEach
    void tellsHowMuchWasTried() {
        System.out.printf("%d damages, not noticed: %s%n", tried, unnoticed);
    }

    @Test
    void aFlippedBitInAnyByte() throws IOException {
        everyFile("flip", content -> {
            List<byte[]> damaged = new ArrayList<>();
            for (int at = 0; at < content.length; at++) {
                byte[] bad = content.clone();
                bad[at] ^= (byte) (1 << (at % 8));
                damaged.add(bad);
            }
            return damaged;
        });
        assertThat(unnoticed).isEmpty();
    }

    @Test
    void bytesThatAreZeroMissingOrTooMany() throws IOException {
        everyFile("zero", content -> {
            List<byte[]> damaged = new ArrayList<>(List.of(new byte[content.length]));
            for (int at = 0; at < content.length; at += 64) {
                byte[] bad = content.clone();
                Arrays.fill(bad, at, Math.min(at + 64, bad.length), (byte) 0);
                damaged.add(bad);
            }
            return damaged;
        });
        everyFile("truncate", content -> {
            List<byte[]> damaged = new ArrayList<>();
            for (int length = 0;
                    length < content.length;
                    length += length < 20 || length > content.length - 20 ? 1 : 41) {
                damaged.add(Arrays.copyOf(content, length));
            }
            return damaged;
        });
        everyFile(
                "append",
                content -> List.of(
                        Arrays.copyOf(content, content.length + 1),
                        Arrays.copyOf(content, content.length + 32),
                        joined(content, content)));
        everyFile("lose the first byte of", content -> List.of(Arrays.copyOfRange(content, 1, content.length)));
        assertThat(unnoticed).isEmpty();
    }

    @Test
    void filesThatAreGoneOrChangePlaces() throws IOException {
        try (Vault vault = Impatient.open(backend, PASSWORD)) {
            Files.write(temp.resolve("source/more"), HardCases.random(4, 30));
            backup(vault, 1);
            vault.keys().add(Password.of("another"));
        }
        Handle spare = backend.handles().stream()
                .filter(handle -> handle.type() == FileType.KEY && !good.containsKey(handle))
                .findFirst()
                .orElseThrow();
        byte[] key = backend.load(spare);
        backend.delete(spare);
        damaged("delete KEY that others do without");
        backend.store(spare, key);
        for (Handle handle : good.keySet()) {
            backend.delete(handle);
            damaged("delete " + handle.type());
            for (Handle other : good.keySet()) {
                if (!other.equals(handle)) {
                    backend.corrupt(handle, good.get(other));
                    backend.corrupt(other, good.get(handle));
                    damaged("swap %s and %s".formatted(handle.type(), other.type()));
                    backend.corrupt(other, good.get(other));
                }
            }
            if (handle.type() != FileType.CONFIG) {
                backend.delete(handle);
                Handle renamed =
                        new Handle(handle.type(), Digest.ofContent(new byte[1]).toString());
                backend.corrupt(renamed, good.get(handle));
                damaged("rename " + handle.type());
                backend.delete(renamed);
                backend.corrupt(handle, good.get(handle));
            }
        }
        assertThat(HARMLESS.keySet().stream().filter(how -> how.startsWith("delete")))
                .containsExactlyInAnyOrderElementsOf(unnoticed);
    }

    @Test
    void authenticFilesInTheWrongDirectory() throws IOException {
        Handle lock = leftLock();
        good.put(lock, backend.load(lock));
        backend.delete(lock);
        for (Handle handle : good.keySet()) {
            for (FileType type : FileType.values()) {
                if (handle.type() != type && handle.type() != FileType.CONFIG && type != FileType.CONFIG) {
                    Handle copy = new Handle(type, handle.name());
                    backend.corrupt(copy, good.get(handle));
                    damaged("copy %s into %s".formatted(handle.type(), type));
                    backend.delete(copy);
                }
            }
        }
        assertThat(HARMLESS.keySet().stream().filter(how -> how.startsWith("copy")))
                .containsExactlyInAnyOrderElementsOf(unnoticed);
    }

    @Test
    void aRestoreLeavesNoWrongFileBehind() throws IOException {
        Path source = temp.resolve("source");
        Map<String, byte[]> expected = filesBelow(source);
        SnapshotId latest = contents.keySet().iterator().next();
        for (var file : good.entrySet()) {
            if (file.getKey().type() == FileType.PACK) {
                for (int at = 0; at < file.getValue().length; at += 30) {
                    byte[] bad = file.getValue().clone();
                    bad[at] ^= 4;
                    backend.corrupt(file.getKey(), bad);
                    Path target = temp.resolve("%s-%d".formatted(file.getKey().name(), at));
                    boolean complete = restores(latest, target);
                    Map<String, byte[]> restored = filesBelow(target);
                    restored.forEach(
                            (name, content) -> assertThat(content).as(name).isEqualTo(expected.get(name)));
                    assertThat(restored.size() == expected.size())
                            .as("%s at %d", file.getKey(), at)
                            .isEqualTo(complete);
                }
                backend.corrupt(file.getKey(), file.getValue());
            }
        }
    }

    private boolean restores(SnapshotId id, Path target) throws IOException {
        try (Vault vault = Impatient.open(backend, PASSWORD)) {
            return vault.restore(id, RestoreSpec.of("/s", target), Progress.NONE)
                    .isComplete();
        } catch (VaultException e) {
            assertThat(e.code()).isEqualTo(VaultException.Code.DAMAGED);
            return false;
        }
    }

    private static Map<String, byte[]> filesBelow(Path root) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        if (Files.exists(root)) {
            try (Stream<Path> walk = Files.walk(root)) {
                for (Path path : walk.filter(Files::isRegularFile).toList()) {
                    files.put(root.relativize(path).toString(), Files.readAllBytes(path));
                }
            }
        }
        return files;
    }

    private Handle leftLock() throws IOException {
        FaultyBackend faulty = new FaultyBackend(backend)
                .on(Trigger.of(Operation.DELETE, FileType.LOCK), new Fault.Failure(Kind.UNREACHABLE));
        try (Vault vault = Impatient.open(faulty, PASSWORD)) {
            vault.check(CheckSpec.STRUCTURE);
        } catch (VaultException e) {
            assertThat(e.code()).isEqualTo(VaultException.Code.UNREACHABLE);
        }
        return backend.list(FileType.LOCK).getFirst().handle();
    }

    private void everyFile(String what, Damages damage) throws IOException {
        for (var file : good.entrySet()) {
            for (byte[] bad : damage.of(file.getValue())) {
                if (!Arrays.equals(bad, file.getValue())) {
                    backend.corrupt(file.getKey(), bad);
                    damaged(what + " " + file.getKey().type());
                }
            }
            backend.corrupt(file.getKey(), file.getValue());
        }
    }

    private interface Damages {
        List<byte[]> of(byte[] content);
    }

    /** Looks at the repository as it is now. */
    private void damaged(String how) throws IOException {
        tried++;
        try (Vault vault = Impatient.open(backend, PASSWORD)) {
            if (isIntact(vault)) {
                unnoticed.add(how);
            }
            for (var snapshot : contents.entrySet()) {
                try {
                    assertThat(read(vault, snapshot.getKey())).as(how).isEqualTo(snapshot.getValue());
                } catch (VaultException e) {
                    assertThat(e.code()).as("%s: %s", how, e.getMessage()).isIn(REFUSALS);
                }
            }
        } catch (VaultException e) {
            assertThat(e.code()).as("%s: %s", how, e.getMessage()).isIn(REFUSALS);
        }
    }

    private static boolean isIntact(Vault vault) {
        try {
            return vault.check(CheckSpec.EVERYTHING).isIntact();
        } catch (VaultException e) {
            return false;
        }
    }

    /** All of a snapshot, names and metadata included. */
    private static byte[] read(Vault vault, SnapshotId id) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        vault.contents().archive(List.of(new ArchivePart(id, "/", "")), ArchiveType.TAR, out);
        return out.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
