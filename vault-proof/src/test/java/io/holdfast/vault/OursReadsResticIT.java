package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupOption;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OursReadsResticIT {

    private static final Pattern ADDED = Pattern.compile("Added to the repo(?:sitory)?: ([0-9.]+) (B|KiB)");

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource
    void restoresAndContinuesWhatResticWrote(Restic.Program program) throws IOException {
        Restic restic = program.on(temp.resolve("repo"));
        Path source = HardCases.withAttributes(temp.resolve("source"));
        List<String> before = Manifest.of(source);
        restic.run("init");
        restic.run("backup", source.toString());
        try (Vault vault = open(restic)) {
            Snapshot snapshot = vault.snapshots().getFirst();
            RestoreResult result = vault.restore(
                    snapshot.id(),
                    RestoreSpec.of(source.toString(), temp.resolve("ours")).with(RestoreSpec.Option.SETUID),
                    Progress.NONE);
            assertThat(result.problems()).isEmpty();
            assertThat(Manifest.of(temp.resolve("ours"))).isEqualTo(before);
            assertThat(vault.verify(snapshot.id()).problems()).isEmpty();
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();

            BackupResult continued = vault.backup(BackupSpec.of(Root.Tree.of(source)), Progress.NONE);
            assertThat(continued.snapshot().parent()).contains(snapshot.id());
            var summary = continued.snapshot().summary().orElseThrow();
            assertThat(summary.filesUnmodified())
                    .isEqualTo(summary.totalFilesProcessed())
                    .isPositive();
            assertThat(summary.dataBlobs()).isZero();
        }
        restic.checksEveryByte();
    }

    @ParameterizedTest
    @EnumSource
    void resticContinuesOursWithIdenticalCutPoints(Restic.Program program) throws IOException {
        Restic restic = program.on(temp.resolve("repo"));
        Path source = temp.resolve("source");
        Files.createDirectories(source.resolve("deep"));
        Files.write(source.resolve("random"), HardCases.random(7, 40_000_000));
        Files.write(source.resolve("deep/zeros"), new byte[20_000_000]);
        Files.write(source.resolve("deep/small"), HardCases.random(8, 524_288));
        Files.write(source.resolve("deep/edge"), HardCases.random(9, 524_289));
        try (Vault vault =
                Vault.init(LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            vault.backup(BackupSpec.of(Root.Tree.of(source)), Progress.NONE);
        }
        assertThat(restic.run("backup", source.toString())).contains("0 new,     0 changed,     4 unmodified");
        String forced = restic.run("backup", "--force", source.toString());
        Matcher added = ADDED.matcher(forced);
        assertThat(added.find()).as(forced).isTrue();
        double bytes = Double.parseDouble(added.group(1)) * (added.group(2).equals("KiB") ? 1024 : 1);
        assertThat(bytes).as(forced).isLessThan(20 * 1024);
        restic.checksEveryByte();
        try (Vault vault = open(restic)) {
            assertThat(vault.snapshots()).hasSize(3);
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatResticPrunedAndRepacked(Restic.Program program) throws IOException {
        Restic restic = program.on(temp.resolve("repo"));
        Path source = HardCases.withAttributes(temp.resolve("source"));
        try (Vault vault =
                Vault.init(LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            vault.backup(BackupSpec.of(Root.Tree.of(source)), Progress.NONE);
            Files.delete(source.resolve("a/b/c/big.bin"));
            vault.backup(BackupSpec.of(Root.Tree.of(source)), Progress.NONE);
            restic.run("forget", "--keep-last", "1", "--prune", "--max-unused", "0");
            List<String> now = Manifest.of(source);
            assertThat(vault.snapshots()).hasSize(1);
            RestoreSpec spec =
                    RestoreSpec.of(source.toString(), temp.resolve("ours")).with(RestoreSpec.Option.SETUID);
            vault.restore(vault.snapshots().getFirst().id(), spec, Progress.NONE);
            assertThat(Manifest.of(temp.resolve("ours"))).isEqualTo(now);
            vault.backup(BackupSpec.of(Root.Tree.of(source)).with(BackupOption.FORCE), Progress.NONE);
        }
        restic.checksEveryByte();
    }

    private static Vault open(Restic restic) throws VaultException {
        return Vault.open(LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD), Duration.ZERO);
    }
}
