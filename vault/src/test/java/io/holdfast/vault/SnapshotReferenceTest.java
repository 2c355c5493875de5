package io.holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotReferenceTest {

    private static final Snapshot PASSED_OVER = snapshot("bb");
    private static final Snapshot NEWEST = snapshot("ab");
    private static final Snapshot OLDER = snapshot("ac");

    private static Snapshot snapshot(String start) {
        String id = start + "0".repeat(62);
        return new Snapshot(
                SnapshotId.parse(id),
                Instant.EPOCH,
                ZoneOffset.UTC,
                "host",
                "user",
                List.of("/a"),
                List.of(),
                List.of(),
                null,
                null,
                BlobId.parse(id),
                null,
                "test");
    }

    private static Snapshot choose(String text) throws VaultException {
        return SnapshotReference.parse(text)
                .among(List.of(PASSED_OVER, NEWEST, OLDER), snapshot -> !snapshot.equals(PASSED_OVER), "place");
    }

    @Test
    void takesTheNewestOfThoseMeantOrOneByItsId() throws VaultException {
        assertThat(choose("latest")).isEqualTo(NEWEST);
        assertThat(choose("ac")).isEqualTo(OLDER);
        assertThat(choose(OLDER.id() + ":/a")).isEqualTo(OLDER);
    }

    @Test
    void refusesABeginningThatSeveralShareOrNoneHas() {
        assertThatThrownBy(() -> choose("a")).hasMessageContaining("the ids of 2 snapshots begin with 'a'");
        assertThatThrownBy(() -> choose("c")).hasMessageContaining("no snapshot has the id 'c'");
        assertThatThrownBy(() -> choose("")).hasMessageContaining("neither 'latest' nor the id");
    }

    @Test
    void readsThePathBehindTheFirstColon() {
        assertThat(SnapshotReference.parse("latest:/a:b/")).isEqualTo(new SnapshotReference("latest", "/a:b"));
        assertThat(SnapshotReference.parse("latest").path()).isEqualTo("/");
        assertThat(SnapshotReference.parse("latest:").path()).isEqualTo("/");
        assertThat(SnapshotReference.parse("latest:a").path()).isEqualTo("/a");
    }
}
