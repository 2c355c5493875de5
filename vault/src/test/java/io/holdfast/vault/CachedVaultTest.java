package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.cache.Cache;
import io.holdfast.vault.backend.testing.FaultyBackend;
import io.holdfast.vault.backend.testing.FaultyBackend.Call;
import io.holdfast.vault.backend.testing.FaultyBackend.Operation;
import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.SnapshotId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedVaultTest {

    private static final char[] PASSWORD = "correct horse".toCharArray();

    private final MemoryBackend memory = new MemoryBackend();
    private final FaultyBackend place = new FaultyBackend(memory);

    @TempDir
    Path temp;

    @BeforeEach
    void found() throws IOException {
        Path source = Files.createDirectories(temp.resolve("source/deep/down"));
        Files.writeString(source.resolve("file"), "content");
        Vault.init(memory, password()).close();
    }

    @Test
    void readsIndexSnapshotsAndDirectoriesOfAnEarlierRunFromTheCache() throws IOException {
        SnapshotId id = backup();
        int before = place.calls().size();

        try (Vault vault = open()) {
            vault.snapshots();
            vault.contents().list(id, "/", _ -> {});
        }

        assertThat(loadsSince(before)).allMatch(file -> file.equals("config") || file.startsWith("keys/"));
    }

    @Test
    void readsTheRepositoryItselfWhenACachedFileDecaysWhileItIsInUse() throws IOException {
        SnapshotId id = backup();
        try (Vault vault = open()) {
            vault.contents().list(id, "/", _ -> {});
            for (Path file : cached(FileType.PACK)) {
                Files.write(file, new byte[Math.toIntExact(Files.size(file))]);
            }

            ByteArrayOutputStream out = new ByteArrayOutputStream();
            vault.contents().dump(id, temp.resolve("source/deep/down/file").toString(), out);

            assertThat(out).hasToString("content");
        }
    }

    @Test
    void checksAndVerifiesWhatLiesInTheRepositoryAndNotTheCache() throws IOException {
        SnapshotId id = backup();
        try (Vault vault = open()) {
            vault.contents().list(id, "/", _ -> {});
            assertThat(vault.check(CheckSpec.EVERYTHING).isIntact()).isTrue();
            assertThat(vault.verify(id).isIntact()).isTrue();
            assertThat(cached(FileType.INDEX)).isNotEmpty();
            for (Path file : cached(FileType.INDEX)) {
                Handle index = new Handle(FileType.INDEX, file.getFileName().toString());
                byte[] content = memory.load(index);
                content[content.length / 3] ^= 1;
                memory.corrupt(index, content);
            }

            assertThat(vault.check(CheckSpec.EVERYTHING).isIntact()).isFalse();
            assertThatThrownBy(() -> vault.verify(id)).hasMessageStartingWith("HF-V05 ");
        }
    }

    private SnapshotId backup() throws IOException {
        try (Vault vault = open()) {
            return vault.backup(BackupSpec.of(Root.Tree.of(temp.resolve("source"))), Progress.NONE)
                    .snapshot()
                    .id();
        }
    }

    private Vault open() throws VaultException {
        return Impatient.open(
                place, password(), VaultOptions.DEFAULT.withCache(Cache.in(temp.resolve("cache"), 100_000_000)));
    }

    private static Password password() {
        return Password.of(PASSWORD.clone());
    }

    private List<String> loadsSince(int before) {
        return place.calls().stream()
                .skip(before)
                .filter(call -> call.operation() == Operation.LOAD)
                .map(Call::file)
                .toList();
    }

    private List<Path> cached(FileType type) throws IOException {
        try (Stream<Path> all = Files.walk(temp.resolve("cache"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/" + type.directory() + "/"))
                    .toList();
        }
    }
}
