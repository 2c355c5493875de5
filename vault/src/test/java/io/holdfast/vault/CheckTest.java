package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckReport;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.check.ReadData;
import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.index.IndexFile;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.repository.Repository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {

    private static final Password PASSWORD = Password.of("secret");

    @TempDir
    Path temp;

    private final MemoryBackend memory = new MemoryBackend();
    private Vaults vaults;
    private Repository repository;

    @BeforeEach
    void oneSnapshot() throws IOException {
        Vault.init(memory, PASSWORD, Duration.ZERO).close();
        vaults = Vaults.of(memory, PASSWORD);
        Path source = Files.createDirectories(temp.resolve("source"));
        Files.write(source.resolve("a"), HardCases.random(1, 100_000));
        vaults.at(memory).backup(BackupSpec.of(new Root.Tree(source, "/s")), Progress.NONE);
        repository = vaults.repository(memory);
        repository.index().refresh();
    }

    @Test
    void noticesAFileThatIsNotAsLongAsItsContent() throws IOException {
        String content = write(BlobType.DATA, "ten bytes!");
        snapshot(
                "{\"nodes\":[{\"name\":\"short\",\"type\":\"file\",\"mtime\":\"2024-01-01T00:00:00Z\",\"size\":11,\"content\":[\"%s\"]}]}\n"
                        .formatted(content));
        assertThat(check().problems())
                .singleElement()
                .asString()
                .contains("file 'short' has 10 bytes of content and not 11");
    }

    @Test
    void noticesWhatATreeNamesAndNoIndexDoes() throws IOException {
        String lost = BlobId.ofContent(new byte[] {7}).toString();
        snapshot(("{\"nodes\":[{\"name\":\"d\",\"type\":\"dir\",\"mtime\":\"2024-01-01T00:00:00Z\",\"subtree\":\"%s\"},"
                        + "{\"name\":\"f\",\"type\":\"file\",\"mtime\":\"2024-01-01T00:00:00Z\",\"content\":[\"%s\",\"%s\"]}]}\n")
                .formatted(lost, lost, lost));
        assertThat(check().problems())
                .extracting(Problem::path)
                .containsExactly("data blob " + lost, "tree blob " + lost);
    }

    @Test
    void noticesATreeThatIsMalformed() throws IOException {
        snapshot(
                "{\"nodes\":[{\"name\":\"..\",\"type\":\"file\",\"mtime\":\"2024-01-01T00:00:00Z\",\"content\":[]}]}\n");
        assertThat(check().problems()).singleElement().asString().contains("unsafe name");
    }

    @Test
    void noticesAnIndexThatLeavesSomethingOut() throws IOException {
        Pack pack = repository.index().current().packs().stream()
                .filter(each -> each.blobs().size() > 1)
                .findFirst()
                .orElseThrow();
        for (Handle index : memory.handles().stream()
                .filter(each -> each.type() == FileType.INDEX)
                .toList()) {
            memory.delete(index);
        }
        List<Pack> others = new ArrayList<>(repository.index().current().packs());
        others.removeIf(each -> each.id().equals(pack.id()));
        others.add(new Pack(pack.id(), pack.blobs().subList(1, pack.blobs().size())));
        repository.files().store(FileType.INDEX, IndexFile.write(others));
        CheckReport report = check();
        assertThat(report.damagedPacks()).containsExactly(pack.id());
        assertThat(report.problems())
                .anySatisfy(problem -> assertThat(problem.what()).contains("does not say all"));
    }

    @Test
    void saysWhichPacksAreDamagedAndReadsOnlyThoseChosen() throws IOException {
        Handle pack = memory.handles().stream()
                .filter(each -> each.type() == FileType.PACK)
                .max((one, other) -> Integer.compare(size(one), size(other)))
                .orElseThrow();
        byte[] bad = memory.load(pack);
        bad[5] ^= 1;
        memory.corrupt(pack, bad);
        Set<PackId> found = new HashSet<>();
        int read = 0;
        for (int group = 1; group <= 4; group++) {
            CheckReport report = check(new ReadData.Packs(group, 4));
            found.addAll(report.damagedPacks());
            read += report.packsRead();
            assertThat(report.isIntact()).isEqualTo(report.damagedPacks().isEmpty());
        }
        assertThat(found).containsExactly(PackId.parse(pack.name()));
        assertThat(read).isEqualTo(2);
        assertThat(check(ReadData.nothing()).isIntact()).isTrue();
        assertThat(check(ReadData.nothing()).packsRead()).isZero();
    }

    @Test
    void choosesAsManyPacksAsAskedFor() {
        Map<PackId, Long> packs = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            packs.put(PackId.ofContent(ByteBuffer.allocate(4).putInt(i).array()), 1000L);
        }
        Random random = new Random(1);
        Set<PackId> all = new HashSet<>();
        for (int group = 1; group <= 7; group++) {
            List<PackId> chosen = new ReadData.Packs(group, 7).choose(packs, random);
            assertThat(chosen).hasSizeBetween(30, 90).noneMatch(all::contains);
            all.addAll(chosen);
        }
        assertThat(all).hasSize(400);
        assertThat(new ReadData.Percent(2.5).choose(packs, random)).hasSize(10);
        assertThat(new ReadData.Percent(0.01).choose(packs, random)).hasSize(1);
        assertThat(new ReadData.Bytes(4500).choose(packs, random)).hasSize(5);
        assertThat(new ReadData.Bytes(1L << 50).choose(packs, random)).hasSize(400);
        assertThat(new ReadData.Percent(5).choose(Map.of(), random)).isEmpty();
        assertThat(new ReadData.Percent(50).choose(packs, random))
                .isNotEqualTo(new ReadData.Percent(50).choose(packs, random));
    }

    @Test
    void readsWhichPartIsMeant() {
        assertThat(ReadData.parse("2/7")).isEqualTo(new ReadData.Packs(2, 7));
        assertThat(ReadData.parse("2.5%")).isEqualTo(new ReadData.Percent(2.5));
        assertThat(ReadData.parse("10G")).isEqualTo(new ReadData.Bytes(10L << 30));
        assertThat(ReadData.parse("100")).isEqualTo(new ReadData.Bytes(100));
        for (String bad : List.of("", "0/3", "4/3", "1/257", "0%", "101%", "0", "-1", "x", "1/2/3", "5.5")) {
            assertThatThrownBy(() -> ReadData.parse(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private String write(BlobType type, String content) throws IOException {
        try (var writer = new BlobWriter(
                memory, repository.key(), Compression.Level.AUTO, repository.index(), () -> {}, _ -> {})) {
            BlobId id = writer.write(type, content.getBytes(StandardCharsets.UTF_8));
            writer.flush();
            return id.toString();
        }
    }

    private void snapshot(String tree) throws IOException {
        String snapshot = "{\"time\":\"2024-01-01T00:00:00Z\",\"tree\":\"%s\",\"paths\":[\"/\"]}"
                .formatted(write(BlobType.TREE, tree));
        repository.snapshots().storeJson(snapshot.getBytes(StandardCharsets.UTF_8));
    }

    private CheckReport check() throws IOException {
        return check(ReadData.everything());
    }

    private CheckReport check(ReadData which) throws IOException {
        return vaults.at(memory).check(CheckSpec.STRUCTURE.withReadData(which));
    }

    private int size(Handle handle) {
        try {
            return (int) memory.size(handle);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
