package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.replica.AuditReport;
import io.holdfast.vault.replica.AuditSpec;
import io.holdfast.vault.replica.ReplicationListener;
import io.holdfast.vault.replica.ReplicationReport;
import io.holdfast.vault.replica.ReplicationSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ReplicationIT {

    private final Restic.Program program;

    @TempDir
    Path temp;

    private Path source;
    private Path replica;
    private Restic judge;
    private LocalBackend target;

    ReplicationIT(Restic.Program program) {
        this.program = program;
    }

    @BeforeEach
    void twoSnapshots() throws IOException {
        source = HardCases.create(temp.resolve("source"));
        replica = temp.resolve("replica");
        judge = program.on(replica);
        target = LocalBackend.at(replica);
    }

    @Test
    void leavesACopyThatResticChecksAndRestores() throws IOException {
        try (Vault vault = vault()) {
            SnapshotId first = backup(vault);
            List<String> then = Manifest.of(source);
            Files.writeString(source.resolve("plain.txt"), "changed");
            SnapshotId second = backup(vault);
            ReplicationReport report = vault.copies().replicate(target, ReplicationSpec.ALL, ReplicationListener.NONE);
            assertThat(report.problems()).isEmpty();
            assertThat(report.replicated()).containsExactly(first, second);
            judge.checksEveryByte();
            judge.run(
                    "restore",
                    first.toString(),
                    "--target",
                    temp.resolve("theirs").toString());
            assertThat(Manifest.of(temp.resolve("theirs/papers"))).isEqualTo(then);

            ReplicationReport again = vault.copies().replicate(target, ReplicationSpec.ALL, ReplicationListener.NONE);
            assertThat(again.bytesSent()).isZero();
            assertThat(again.complete()).containsExactly(first, second);
        }
        assertThat(replica.resolve("locks")).isEmptyDirectory();
    }

    @Test
    void fillsInWhateverTheTargetLost() throws IOException {
        try (Vault vault = vault()) {
            backup(vault);
            Files.writeString(source.resolve("plain.txt"), "changed");
            backup(vault);
            vault.copies().replicate(target, ReplicationSpec.ALL, ReplicationListener.NONE);
            for (FileType type : List.of(FileType.PACK, FileType.INDEX, FileType.SNAPSHOT, FileType.KEY)) {
                for (Path file : files(type)) {
                    Files.delete(file);
                    assertThat(vault.copies()
                                    .replicate(target, ReplicationSpec.ALL, ReplicationListener.NONE)
                                    .problems())
                            .isEmpty();
                    judge.checksEveryByte();
                }
            }
            assertThat(judge.run("snapshots")).contains("2 snapshots");
        }
    }

    @Test
    void replacesATruncatedPackAndABrokenIndex() throws IOException {
        try (Vault vault = vault()) {
            backup(vault);
            vault.copies().replicate(target, ReplicationSpec.ALL, ReplicationListener.NONE);
            flip(files(FileType.PACK).getFirst(), true);
            assertThat(vault.copies()
                            .replicate(target, ReplicationSpec.ALL, ReplicationListener.NONE)
                            .lostPacks())
                    .isEqualTo(1);
            judge.checksEveryByte();
            flip(files(FileType.INDEX).getFirst(), false);
        }
        try (Vault later =
                Vault.open(LocalBackend.at(temp.resolve("repo")), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            assertThat(later.copies()
                            .replicate(target, ReplicationSpec.ALL, ReplicationListener.NONE)
                            .problems())
                    .isEmpty();
            judge.checksEveryByte();
        }
    }

    @Test
    void bringsTheTwoTogetherAgainWhenResticHasPrunedEitherOfThem() throws IOException {
        try (Vault vault = vault()) {
            SnapshotId first = backup(vault);
            Files.writeString(source.resolve("plain.txt"), "changed");
            SnapshotId second = backup(vault);
            replicate(vault, ReplicationSpec.ALL);
            program.on(temp.resolve("repo")).run("forget", first.toString(), "--prune", "--max-unused", "0");

            assertThat(replicate(vault, ReplicationSpec.ALL).complete()).containsExactly(second);
            judge.checksEveryByte();
            assertThat(judge.run("snapshots")).contains("2 snapshots");

            SnapshotId third = backup(vault);
            judge.run("forget", second.toString(), "--prune", "--max-unused", "0");
            ReplicationReport report = replicate(
                    vault, ReplicationSpec.ALL.withWanted(each -> !each.id().equals(second)));
            assertThat(report.replicated()).containsExactly(third);
            judge.checksEveryByte();
            assertThat(judge.run("snapshots")).contains("2 snapshots").doesNotContain(second.shortForm());

            assertThat(replicate(vault, ReplicationSpec.ALL).complete()).containsExactly(second, third);
            judge.checksEveryByte();
        }
    }

    @Test
    void leavesARepairedCopyThatResticChecksEveryByteOf() throws IOException {
        try (Vault vault = vault()) {
            backup(vault);
            Files.writeString(source.resolve("plain.txt"), "changed");
            backup(vault);
            replicate(vault, ReplicationSpec.ALL);
            for (FileType type : List.of(FileType.PACK, FileType.INDEX, FileType.SNAPSHOT, FileType.KEY)) {
                flip(files(type).getFirst(), false);
                flip(files(type).getLast(), type == FileType.PACK);
            }
            Files.write(Files.createFile(replica.resolve("data/00/" + "00".repeat(32))), new byte[10]);

            AuditReport found = vault.copies().audit(target, AuditSpec.EVERYTHING);
            assertThat(found.isSound()).isFalse();
            assertThat(vault.copies().repair(target, found).remaining()).isEmpty();

            Files.delete(replica.resolve("data/00/" + "00".repeat(32)));
            judge.checksEveryByte();
            assertThat(vault.copies().audit(target, AuditSpec.EVERYTHING).findings())
                    .isEmpty();
        }
    }

    private ReplicationReport replicate(Vault vault, ReplicationSpec spec) throws VaultException {
        return vault.copies().replicate(target, spec, ReplicationListener.NONE);
    }

    private Vault vault() throws VaultException {
        return Vault.init(LocalBackend.at(temp.resolve("repo")), Password.of(Restic.PASSWORD), Duration.ZERO);
    }

    private SnapshotId backup(Vault vault) throws VaultException {
        return vault.backup(BackupSpec.of(new Root.Tree(source, "/papers")), Progress.NONE)
                .snapshot()
                .id();
    }

    private List<Path> files(FileType type) throws IOException {
        try (Stream<Path> walk = Files.walk(replica.resolve(type.directory()))) {
            return walk.filter(path -> Handle.isId(path.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static void flip(Path file, boolean truncate) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        content[content.length / 2] ^= 1;
        Files.write(file, truncate ? java.util.Arrays.copyOf(content, content.length - 1) : content);
    }
}
