package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.prune.Allowance;
import io.holdfast.vault.prune.PruneReport;
import io.holdfast.vault.prune.PruneSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PruneWithResticIT {

    private static final int ROUNDS = 6;
    private static final PruneSpec AT_ONCE = PruneSpec.immediately().withMaxUnused(new Allowance.Bytes(0));

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource
    void prunesWhatResticWroteAsWellAsRestic(Restic.Program program) throws IOException {
        Restic ours = program.on(temp.resolve("ours"));
        ours.init();
        Path source = Files.createDirectories(temp.resolve("source"));
        for (int round = 0; round < ROUNDS; round++) {
            change(source, round);
            ours.run("backup", "--pack-size", "4", source.toString());
        }
        List<String> before = Manifest.of(source);
        Path copy = temp.resolve("theirs");
        copy(ours.repository(), copy);
        Restic theirs = program.on(copy);
        theirs.run("forget", "--keep-last", "2", "--prune", "--max-unused", "0");
        try (Vault vault = open(ours)) {
            vault.maintenance()
                    .forget(vault.snapshots().stream().skip(2).map(Snapshot::id).toList());
            PruneReport report = vault.maintenance().prune(AT_ONCE);
            assertThat(report.stayed()).isEmpty();
            assertThat(report.plan().repack()).isNotEmpty();
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            assertThat(vault.check(CheckSpec.EVERYTHING).notes()).isEmpty();
        }
        ours.checksEveryByte();
        assertThat(size(ours)).isLessThan(size(theirs) * 101 / 100);
        ours.run("restore", "latest", "--target", temp.resolve("restored").toString());
        assertThat(Manifest.of(temp.resolve("restored").resolve(temp.getRoot().relativize(source))))
                .isEqualTo(before);
        assertThat(ours.run("backup", "--force", source.toString())).contains("Added to the repo");
        ours.checksEveryByte();
        long pruned = size(ours);
        ours.run("prune", "--max-unused", "0");
        assertThat(size(ours)).isBetween(pruned * 98 / 100, pruned * 102 / 100);
        ours.checksEveryByte();
    }

    @ParameterizedTest
    @EnumSource
    void resticPrunesWhatWeWroteAndPruned(Restic.Program program) throws IOException {
        Restic restic = program.on(temp.resolve("repo"));
        Path source = Files.createDirectories(temp.resolve("source"));
        try (Vault vault =
                Vault.init(LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            for (int round = 0; round < ROUNDS; round++) {
                change(source, round);
                vault.backup(BackupSpec.of(Root.Tree.of(source)), Progress.NONE);
            }
            List<SnapshotId> ids = vault.snapshots().stream().map(Snapshot::id).toList();
            vault.maintenance().forget(List.of(ids.get(1), ids.get(4)));
            Path memory = temp.resolve("memory");
            PruneReport first = vault.maintenance().prune(PruneSpec.remembering(memory));
            assertThat(first.packsDeleted()).isZero();
            assertThat(first.packsWaiting()).isPositive();
            assertThat(restic.run("check", "--read-data")).contains("no errors were found");
            restic.run("forget", ids.get(3).toString());
            restic.run("prune", "--max-unused", "0");
            restic.checksEveryByte();
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            assertThat(vault.snapshots()).hasSize(3);
            for (Snapshot snapshot : vault.snapshots()) {
                assertThat(vault.verify(snapshot.id()).problems()).isEmpty();
            }
            assertThat(vault.maintenance().prune(PruneSpec.remembering(memory)).packsWaiting())
                    .isZero();
            vault.maintenance().tag(_ -> true, new TagChange.Edit(List.of("kept"), List.of()));
        }
        assertThat(restic.run("snapshots", "--tag", "kept", "--json")).contains("\"original\"");
        restic.checksEveryByte();
    }

    private static void change(Path source, int round) throws IOException {
        for (int file = 0; file < 8; file++) {
            if (round == 0 || file % 4 == round % 4) {
                Files.write(source.resolve("file-" + file), HardCases.random(100L * round + file, 2_000_000));
            }
        }
        Path deep = Files.createDirectories(source.resolve("deep/er"));
        Files.writeString(deep.resolve("text-" + round), "text ".repeat(10_000 + round));
    }

    private static Vault open(Restic restic) throws IOException {
        return Vault.open(LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD), Duration.ZERO);
    }

    private static long size(Restic restic) throws IOException {
        try (Stream<Path> files = Files.walk(restic.repository().resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
