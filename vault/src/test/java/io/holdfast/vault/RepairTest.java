package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupOption;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.index.IndexFile;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.repair.IndexRepair;
import io.holdfast.vault.repair.PacksRepair;
import io.holdfast.vault.repair.SnapshotsRepair;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairTest {

    private static final Password PASSWORD = Password.of("secret");
    private static final CheckSpec EVERYTHING = CheckSpec.EVERYTHING.withNoLock(true);
    private static final byte[] ONE = HardCases.random(1, 300_000);
    private static final byte[] TWO = HardCases.random(2, 300_000);
    private static final byte[] THREE = HardCases.random(3, 300_000);

    @TempDir
    Path temp;

    private final MemoryBackend memory = new MemoryBackend();
    private Vaults vaults;
    private Vault vault;
    private SnapshotId first;
    private SnapshotId second;

    @BeforeEach
    void twoSnapshots() throws IOException {
        Vault.init(memory, PASSWORD, Duration.ZERO).close();
        vaults = Vaults.of(memory, PASSWORD);
        vault = vaults.at(memory);
        Path source = Files.createDirectories(temp.resolve("source"));
        Files.write(source.resolve("one"), ONE);
        Files.write(Files.createDirectories(source.resolve("deep")).resolve("two"), TWO);
        Instant time = Instant.now().minus(Duration.ofHours(2));
        BackupSpec spec = BackupSpec.of(new Root.Tree(source, "/s")).withTags(List.of("t"));
        first = vault.backup(spec.withTime(time), Progress.NONE).snapshot().id();
        Files.write(source.resolve("three"), THREE);
        second = vault.backup(spec.withTime(time.plusSeconds(60)), Progress.NONE)
                .snapshot()
                .id();
    }

    @Test
    void buildsALostIndexFromTheEndsOfThePacks() throws IOException {
        handles(FileType.INDEX).forEach(memory::delete);
        for (Handle pack : handles(FileType.PACK)) {
            flip(pack, 10);
        }
        IndexRepair repaired = vault.maintenance().repairIndex(false);
        assertThat(repaired.added()).hasSize(handles(FileType.PACK).size());
        for (Handle pack : handles(FileType.PACK)) {
            flip(pack, 10);
        }
        assertIntact(first, second);
    }

    @Test
    void opensAndMendsARepositoryWhoseIndexIsDamaged() throws IOException {
        flip(handles(FileType.INDEX).getFirst(), 40);
        Vault damaged = Vault.open(memory, PASSWORD, Duration.ZERO);
        assertThat(damaged.check(EVERYTHING).problems()).isNotEmpty();
        IndexRepair repaired = damaged.maintenance().repairIndex(false);
        assertThat(repaired.unreadable()).hasSize(1);
        assertThat(repaired.added()).isNotEmpty();
        assertIntact(first, second);
        IndexRepair again = damaged.maintenance().repairIndex(true);
        assertThat(again.added()).isEmpty();
        assertThat(again.dropped()).isEmpty();
    }

    @Test
    void believesThePackWhereIndexFilesContradict() throws IOException {
        Pack pack = index().packs().stream()
                .filter(each -> each.blobs().size() > 1)
                .findFirst()
                .orElseThrow();
        Pack wrong = new Pack(pack.id(), pack.blobs().subList(0, 1));
        vaults.repository(memory).files().store(FileType.INDEX, IndexFile.write(List.of(wrong)));
        assertThat(vault.maintenance().repairIndex(false).added()).containsExactly(pack.id());
        assertIntact(first, second);
    }

    @Test
    void dropsAPackThatIsGoneAndKeepsWhatIsLeftOfSnapshots() throws IOException {
        BlobIndex.Location lost = index().find(data(TWO)).orElseThrow();
        memory.delete(handle(lost.pack()));
        assertThat(vault.maintenance().repairIndex(false).dropped()).containsExactly(lost.pack());
        SnapshotsRepair told = vault.maintenance().repairSnapshots(_ -> true, false, true);
        assertThat(told.repaired()).hasSize(2).allMatch(each -> each.after().isEmpty());
        assertThat(vault.snapshots()).hasSize(2);

        SnapshotsRepair repaired = vault.maintenance().repairSnapshots(_ -> true, false, false);
        assertThat(repaired.repaired()).hasSize(2);
        SnapshotsRepair.Repaired last = repaired.repaired().stream()
                .filter(each -> each.before().equals(second))
                .findFirst()
                .orElseThrow();
        assertThat(last.changes())
                .containsExactlyInAnyOrder(
                        "/s/deep/two: 1 of its 1 parts are lost", "/s/one: 1 of its 1 parts are lost");
        Snapshot after = last.after().orElseThrow();
        assertThat(after.original()).contains(second);
        assertThat(after.tags()).containsExactly("t", "repaired");
        assertThat(vault.snapshots()).hasSize(4);
        assertThat(dump(after.id(), "/s/three")).isEqualTo(THREE);
        assertThat(dump(after.id(), "/s/one")).isEmpty();
        assertThat(vault.verify(after.id()).problems()).isEmpty();
        assertThat(vault.maintenance()
                        .repairSnapshots(each -> each.tags().contains("repaired"), false, false)
                        .repaired())
                .isEmpty();
    }

    @Test
    void forgetsTheOriginalsOnlyWhenToldTo() throws IOException {
        memory.delete(handle(index().find(data(THREE)).orElseThrow().pack()));
        vault.maintenance().repairIndex(false);
        SnapshotsRepair repaired = vault.maintenance().repairSnapshots(_ -> true, true, false);
        assertThat(repaired.repaired()).singleElement().satisfies(each -> {
            assertThat(each.before()).isEqualTo(second);
            assertThat(each.after().orElseThrow().tags()).containsExactly("t");
        });
        assertThat(vault.snapshots()).hasSize(2).noneMatch(each -> each.id().equals(second));
        assertThat(vault.check(EVERYTHING).problems()).isEmpty();
        assertThat(dump(first, "/s/one")).isEqualTo(ONE);
    }

    @Test
    void putsAnEmptyDirectoryWhereOneCannotBeRead() throws IOException {
        Snapshot snapshot = vault.snapshots().getFirst();
        Pack trees = index().packs().stream()
                .filter(pack ->
                        pack.blobs().stream().anyMatch(blob -> blob.key().equals(BlobKey.tree(snapshot.tree()))))
                .findFirst()
                .orElseThrow();
        memory.delete(handle(trees.id()));
        vault.maintenance().repairIndex(false);
        SnapshotsRepair repaired =
                vault.maintenance().repairSnapshots(each -> each.id().equals(snapshot.id()), false, false);
        assertThat(repaired.repaired()).singleElement().satisfies(each -> {
            assertThat(each.after()).isEmpty();
            assertThat(each.changes()).containsExactly("/: nothing of it can be read");
        });
        assertThat(vault.snapshots()).hasSize(2);
    }

    @Test
    void salvagesWhatIsReadableOfADamagedPack() throws IOException {
        BlobIndex.Location one = index().find(data(ONE)).orElseThrow();
        assertThat(index().find(data(TWO)).orElseThrow().pack()).isEqualTo(one.pack());
        flip(handle(one.pack()), (int) one.blob().offset() + 50);
        PacksRepair repaired = vault.maintenance().repairPacks(Set.of(one.pack()));
        assertThat(repaired.salvaged()).isEqualTo(1);
        assertThat(repaired.lost()).containsExactly(data(ONE));
        assertThat(memory.handles()).doesNotContain(handle(one.pack()));
        assertThat(dump(second, "/s/deep/two")).isEqualTo(TWO);
        assertThat(vault.check(EVERYTHING).problems()).isNotEmpty();
        vault.maintenance().repairSnapshots(_ -> true, true, false);
        assertThat(vault.check(EVERYTHING).problems()).isEmpty();
    }

    @Test
    void salvagesWhatIsLeftOfAPackThatWasCutShort() throws IOException {
        BlobIndex.Location one = index().find(data(ONE)).orElseThrow();
        Pack pack = Objects.requireNonNull(index().pack(one.pack()));
        PackedBlob firstBlob = pack.blobs().getFirst();
        byte[] whole = memory.load(handle(pack.id()));
        memory.corrupt(handle(pack.id()), Arrays.copyOf(whole, (int) firstBlob.offset() + firstBlob.length() + 9));
        IndexRepair index = vault.maintenance().repairIndex(false);
        assertThat(index.damaged()).containsExactly(pack.id());
        assertThat(index.dropped()).isEmpty();
        PacksRepair repaired = vault.maintenance().repairPacks(Set.of(pack.id()));
        assertThat(repaired.salvaged()).isEqualTo(1);
        assertThat(repaired.lost()).hasSize(1).doesNotContain(firstBlob.key());
    }

    @Test
    void losesNothingThatLiesInAnotherPackToo() throws IOException {
        Handle hidden = handles(FileType.INDEX).stream()
                .filter(each -> names(each, data(ONE)))
                .findFirst()
                .orElseThrow();
        byte[] content = memory.load(hidden);
        memory.delete(hidden);
        Vault other = vaults.at(memory);
        other.backup(
                BackupSpec.of(new Root.Tree(temp.resolve("source"), "/s")).with(BackupOption.FORCE), Progress.NONE);
        memory.store(hidden, content);
        vault.refresh();
        List<BlobIndex.Location> copies = index().copies(data(ONE));
        assertThat(copies).hasSize(2);
        flip(handle(copies.getFirst().pack()), (int) copies.getFirst().blob().offset() + 50);
        assertThat(dump(first, "/s/one")).isEqualTo(ONE);
        PacksRepair repaired =
                vault.maintenance().repairPacks(Set.of(copies.getFirst().pack()));
        assertThat(repaired.lost()).isEmpty();
        assertThat(repaired.elsewhere()).isEqualTo(1);
        assertIntact(first, second);
    }

    @Test
    void keepsInATreeWhatOnlyOthersKnow() throws IOException {
        var repository = vaults.repository(memory);
        repository.index().refresh();
        String lost = BlobId.ofContent(new byte[] {1}).toString();
        String there = data(THREE).id().toString();
        byte[] json = """
                {"nodes":[{"name":"f\\u003c","type":"file","mtime":"2024-01-01T00:00:00Z","size":9,\
                "generic_attributes":{"windows.x":1},"content":["%s","%s"]},\
                {"name":"g","type":"symlink","new":[18446744073709551615]}]}
                """.formatted(lost, there).getBytes(StandardCharsets.UTF_8);
        BlobId id;
        try (var writer = new BlobWriter(
                memory, repository.key(), Compression.Level.AUTO, repository.index(), () -> {}, _ -> {})) {
            id = writer.write(BlobType.TREE, json);
            writer.flush();
        }
        SnapshotId foreign = repository
                .snapshots()
                .storeJson("{\"time\":\"2024-01-01T00:00:00Z\",\"tree\":\"%s\",\"paths\":[\"/\"]}"
                        .formatted(id)
                        .getBytes(StandardCharsets.UTF_8))
                .id();
        Snapshot after = vault.maintenance()
                .repairSnapshots(each -> each.id().equals(foreign), false, false)
                .repaired()
                .getFirst()
                .after()
                .orElseThrow();
        assertThat(new String(vault.cat().tree(after.id(), "/"), StandardCharsets.UTF_8))
                .isEqualTo(new String(json, StandardCharsets.UTF_8)
                        .replace("\"%s\",".formatted(lost), "")
                        .replace("\"size\":9", "\"size\":" + THREE.length));
    }

    @Test
    void tellsWhichSnapshotFilesCannotBeRead() throws IOException {
        Handle file = new Handle(FileType.SNAPSHOT, first.toString());
        flip(file, 30);
        Vault fresh = vaults.at(memory);
        SnapshotsRepair repaired = fresh.maintenance().repairSnapshots(_ -> true, false, false);
        assertThat(repaired.unreadable()).singleElement().asString().contains(first.toString());
        fresh.maintenance().forget(List.of(first));
        assertThat(fresh.snapshots()).hasSize(1);
        assertThatThrownBy(() -> fresh.contents().list(first, "/", _ -> {})).isInstanceOf(VaultException.class);
    }

    private BlobIndex index() throws IOException {
        return vaults.repository(memory).index().refresh();
    }

    private boolean names(Handle index, BlobKey blob) {
        try {
            return IndexFile.read(vaults.repository(memory).files().load(index)).stream()
                    .flatMap(pack -> pack.blobs().stream())
                    .anyMatch(each -> each.key().equals(blob));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BlobKey data(byte[] content) {
        return BlobKey.data(BlobId.ofContent(content));
    }

    private static Handle handle(PackId pack) {
        return new Handle(FileType.PACK, pack.toString());
    }

    private void flip(Handle file, int at) throws IOException {
        byte[] bad = memory.load(file);
        bad[at] ^= 1;
        memory.corrupt(file, bad);
    }

    private List<Handle> handles(FileType type) {
        return memory.handles().stream()
                .filter(handle -> handle.type() == type)
                .sorted(Comparator.comparing(Handle::name))
                .toList();
    }

    private byte[] dump(SnapshotId id, String path) throws IOException {
        return dump(vault, id, path);
    }

    private static byte[] dump(Vault vault, SnapshotId id, String path) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        vault.contents().dump(id, path, out);
        return out.toByteArray();
    }

    private void assertIntact(SnapshotId... ids) throws IOException {
        Vault fresh = vaults.at(memory);
        assertThat(fresh.check(EVERYTHING).problems()).isEmpty();
        assertThat(fresh.check(EVERYTHING).notes()).isEmpty();
        for (SnapshotId id : ids) {
            assertThat(fresh.verify(id).problems()).isEmpty();
        }
    }
}
