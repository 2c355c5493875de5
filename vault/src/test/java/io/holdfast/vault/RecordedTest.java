package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.check.CheckSpec;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobType;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.TreeJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was written years ago must still be read, and be kept in its own version. */
class RecordedTest extends RecordedRepository {

    @ParameterizedTest
    @EnumSource
    void isSoundAndComesBackAsItWas(Recorded recorded) throws IOException {
        try (Vault vault = open(recorded)) {
            assertThat(vault.check(CheckSpec.EVERYTHING).problems()).isEmpty();
            assertThat(vault.snapshots()).extracting(Snapshot::tags).containsExactly(tag(3), tag(2), tag(1));
            for (Snapshot snapshot : vault.snapshots()) {
                assertRestores(vault, snapshot);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsDirectoriesAreWrittenHereByteForByteAsThere(Recorded recorded) throws IOException {
        recorded.unpack(temp);
        Repository repository = Opening.open(LocalBackend.at(repository()), PASSWORD, VaultOptions.DEFAULT)
                .repository();
        repository.index().refresh();
        int trees = 0;
        for (var key : repository.index().current().keys()) {
            if (key.type() == BlobType.TREE) {
                byte[] theirs = repository.blobs().read(key);
                byte[] ours = TreeJson.write(TreeJson.read(theirs));
                assertThat(ours).asString().isEqualTo(new String(theirs, StandardCharsets.UTF_8));
                assertThat(BlobId.ofContent(ours)).isEqualTo(key.id());
                trees++;
            }
        }
        assertThat(trees).isGreaterThan(8);
    }

    private static List<String> tag(int number) {
        return List.of(Integer.toString(number));
    }
}
