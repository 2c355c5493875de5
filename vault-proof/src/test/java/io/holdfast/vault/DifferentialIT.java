package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupOption;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.prune.Allowance;
import io.holdfast.vault.prune.PruneSpec;
import io.holdfast.vault.restore.RestoreSpec;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Random trees, through both programs in both directions. {@code HOLDFAST_SEED} repeats what a failure names.
 * The newer program's trees are ours byte for byte; 0.14's differ, since they name the device of every file.
 */
class DifferentialIT {

    private static final int ROUNDS = 3;
    private static final int TREES = 20;

    @TempDir
    Path temp;

    private final long seed = Long.parseLong(System.getenv().getOrDefault("HOLDFAST_SEED", "" + System.nanoTime()));
    private final Random random = new Random(seed);

    @ParameterizedTest
    @EnumSource
    void eitherRestoresAndContinuesWhatTheOtherWrote(Restic.Program program) throws IOException {
        System.out.println("HOLDFAST_SEED=" + seed);
        Restic ours = program.on(temp.resolve("ours"));
        Restic theirs = program.on(temp.resolve("theirs"));
        theirs.init();
        Path source = temp.resolve("source");
        try (Vault mine = Vault.init(LocalBackend.at(ours.repository()), Password.of(Restic.PASSWORD), Duration.ZERO);
                Vault other =
                        Vault.open(LocalBackend.at(theirs.repository()), Password.of(Restic.PASSWORD), Duration.ZERO)) {
            for (int round = 1; round <= ROUNDS; round++) {
                evolve(source, round);
                List<String> expected = Manifest.of(source);
                Path restored = temp.resolve("restored-" + round);

                Snapshot snapshot = backup(mine, source, round == ROUNDS);
                ours.run(
                        "restore",
                        snapshot.id().toString(),
                        "--target",
                        restored.resolve("by-restic").toString());
                assertThat(Manifest.of(restored.resolve("by-restic/source")))
                        .as("written here, restored by restic; seed %d, round %d", seed, round)
                        .isEqualTo(expected);
                assertThat(ours.backup(source).get("data_blobs").asInt())
                        .as("seed %d", seed)
                        .isZero();
                JsonNode forced = ours.withDevicesOfHardLinksOnly().backup(source, "--force");
                assertThat(forced.get("data_blobs").asInt()).as("seed %d", seed).isZero();
                if (program == Restic.Program.NEWER) {
                    assertThat(forced.get("tree_blobs").asInt())
                            .as("seed %d", seed)
                            .isZero();
                    assertThat(mine.snapshots().getFirst().tree()).isEqualTo(snapshot.tree());
                }

                theirs.withDevicesOfHardLinksOnly().backup(source);
                Snapshot written = other.snapshots().getFirst();
                RestoreSpec spec =
                        RestoreSpec.of("/source", restored.resolve("by-us")).with(RestoreSpec.Option.SETUID);
                assertThat(other.restore(written.id(), spec, Progress.NONE).problems())
                        .isEmpty();
                assertThat(Manifest.of(restored.resolve("by-us")))
                        .as("written by restic, restored here; seed %d, round %d", seed, round)
                        .isEqualTo(expected);
                Snapshot continued = backup(other, source, round % 2 == 0);
                Summary summary = continued.summary().orElseThrow();
                assertThat(summary.dataBlobs()).as("seed %d", seed).isZero();
                if (program == Restic.Program.NEWER) {
                    assertThat(continued.tree()).as("seed %d", seed).isEqualTo(written.tree());
                    assertThat(summary.dataAdded()).isZero();
                }
            }
            eachForgetsAndPrunesWhatTheOtherKeeps(mine, ours, other, theirs, Manifest.of(source));
            assertThat(mine.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            assertThat(other.check(CheckSpec.EVERYTHING).problems()).isEmpty();
        }
        ours.checksEveryByte();
        theirs.checksEveryByte();
    }

    private void eachForgetsAndPrunesWhatTheOtherKeeps(
            Vault mine, Restic ours, Vault other, Restic theirs, List<String> expected) throws IOException {
        ours.run("forget", "--group-by", "host", "--keep-last", "2", "--prune", "--max-unused", "0");
        mine.refresh();
        assertThat(mine.snapshots()).hasSize(2);
        Path target = temp.resolve("pruned");
        RestoreSpec spec = RestoreSpec.of("/source", target.resolve("by-us")).with(RestoreSpec.Option.SETUID);
        assertThat(mine.restore(mine.snapshots().getFirst().id(), spec, Progress.NONE)
                        .problems())
                .isEmpty();
        assertThat(Manifest.of(target.resolve("by-us"))).as("seed %d", seed).isEqualTo(expected);

        List<Snapshot> all = other.snapshots();
        other.maintenance()
                .forget(all.subList(2, all.size()).stream().map(Snapshot::id).toList());
        other.maintenance().prune(PruneSpec.immediately().withMaxUnused(new Allowance.Bytes(0)));
        theirs.run("restore", "latest", "--target", target.resolve("by-restic").toString());
        assertThat(Manifest.of(target.resolve("by-restic/source")))
                .as("seed %d", seed)
                .isEqualTo(expected);
    }

    /** Half of the last round's trees go, the other half change, and new ones come. */
    private void evolve(Path source, int round) throws IOException {
        for (int tree = 0; tree < TREES; tree++) {
            Path last = source.resolve("%d-%d".formatted(round - 1, tree));
            if (tree % 2 == 0 && round > 1) {
                RandomTree.delete(last);
            } else if (round > 1) {
                RandomTree.grow(last, random);
            }
            RandomTree.grow(source.resolve("%d-%d".formatted(round, tree)), random);
        }
    }

    private static Snapshot backup(Vault vault, Path source, boolean full) throws IOException {
        BackupSpec spec = BackupSpec.of(new Root.Tree(source, "/source"))
                .withPaths(List.of(source.toString()))
                .with(BackupOption.FORCE, full);
        BackupResult result = vault.backup(spec, Progress.NONE);
        assertThat(result.problems()).isEmpty();
        return result.snapshot();
    }
}
