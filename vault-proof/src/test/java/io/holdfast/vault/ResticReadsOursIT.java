package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.restore.RestoreResult;
import io.holdfast.vault.restore.RestoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResticReadsOursIT {

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource
    void findsEveryByteOfTheHardCasesAfterIncrementalRuns(Restic.Program program) throws IOException {
        Restic restic = program.on(temp.resolve("repo"));
        Path source = HardCases.withAttributes(temp.resolve("source"));
        List<String> first = Manifest.of(source);
        try (Vault vault =
                Vault.init(LocalBackend.at(restic.repository()), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            BackupSpec spec = BackupSpec.of(new Root.Tree(source, "/stack/comp/srv/papers"));
            BackupResult result = vault.backup(spec, Progress.NONE);
            assertThat(result.problems()).isEmpty();
            restic.checksEveryByte();

            BackupResult again =
                    vault.backup(spec.withTime(result.snapshot().time().plusSeconds(1)), Progress.NONE);
            assertThat(again.snapshot().tree()).isEqualTo(result.snapshot().tree());
            assertThat(again.snapshot().summary().orElseThrow().dataAdded()).isZero();

            Files.writeString(source.resolve("plain.txt"), "changed");
            Files.delete(source.resolve("quote\"d"));
            BackupResult changed =
                    vault.backup(spec.withTime(result.snapshot().time().plusSeconds(2)), Progress.NONE);
            assertThat(changed.problems()).isEmpty();
            restic.checksEveryByte();

            restic.run(
                    "restore",
                    result.snapshot().id().toString(),
                    "--target",
                    temp.resolve("theirs").toString());
            assertThat(Manifest.of(temp.resolve("theirs/stack/comp/srv/papers")))
                    .isEqualTo(first);

            RestoreSpec where = RestoreSpec.of("/stack/comp/srv/papers", temp.resolve("ours"))
                    .with(RestoreSpec.Option.SETUID);
            RestoreResult restored = vault.restore(result.snapshot().id(), where, Progress.NONE);
            assertThat(restored.problems()).isEmpty();
            assertThat(Manifest.of(temp.resolve("ours"))).isEqualTo(first);
            RestoreResult unchanged = vault.restore(result.snapshot().id(), where, Progress.NONE);
            assertThat(unchanged.written()).isZero();
            assertThat(Manifest.of(temp.resolve("ours"))).isEqualTo(first);
            assertThat(vault.snapshots()).hasSize(3);
        }
        assertThat(restic.repository().resolve("locks")).isEmptyDirectory();
    }
}
