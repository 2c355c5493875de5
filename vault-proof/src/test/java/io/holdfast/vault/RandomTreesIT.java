package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.testing.MemoryBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.restore.RestoreSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RandomTreesIT {

    private static final Vault VAULT = vault();

    @Property(tries = 15)
    void comeBackAsTheyWereAlsoOverAnotherOne(@ForAll long seed) throws IOException {
        Path temp = Files.createTempDirectory("random-trees");
        Random random = new Random(seed);
        try {
            Path first = RandomTree.grow(temp.resolve("first"), random);
            Path second = RandomTree.grow(temp.resolve("second"), random);
            Path target = temp.resolve("target");
            for (Path source : List.of(first, second, first)) {
                List<String> before = Manifest.of(source);
                var snapshot = VAULT.backup(BackupSpec.of(new Root.Tree(source, "/t")), Progress.NONE);
                assertThat(snapshot.problems()).isEmpty();
                RestoreSpec spec = RestoreSpec.of("/t", target)
                        .with(RestoreSpec.Option.DELETE_EXTRA)
                        .with(RestoreSpec.Option.SETUID);
                assertThat(VAULT.restore(snapshot.snapshot().id(), spec, Progress.NONE)
                                .problems())
                        .isEmpty();
                assertThat(Manifest.of(target)).isEqualTo(before);
            }
        } finally {
            RandomTree.delete(temp);
        }
    }

    /** One for all, since making a key takes longer than a tree. */
    private static Vault vault() {
        try {
            return Vault.init(new MemoryBackend(), Password.of("secret"), Duration.ZERO);
        } catch (VaultException e) {
            throw new IllegalStateException(e);
        }
    }
}
