package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotChoiceTest {

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

    private static Snapshot choose(String text) {
        return SnapshotChoice.parse(text).among(List.of(NEWEST, OLDER), new SnapshotOptions(), "place");
    }

    @Test
    void takesTheNewestOrOneByItsId() {
        assertThat(choose("latest")).isEqualTo(NEWEST);
        assertThat(choose("ac")).isEqualTo(OLDER);
        assertThat(choose(OLDER.id() + ":/a")).isEqualTo(OLDER);
    }

    @Test
    void refusesABeginningThatSeveralShareOrNoneHas() {
        assertThatThrownBy(() -> choose("a")).hasMessageContaining("the ids of 2 snapshots begin with 'a'");
        assertThatThrownBy(() -> choose("b")).hasMessageContaining("no snapshot has the id 'b'");
        assertThatThrownBy(() -> choose("")).hasMessageContaining("neither 'latest' nor the id");
    }

    @Test
    void readsThePathBehindTheFirstColon() {
        assertThat(SnapshotChoice.parse("latest:/a:b/")).isEqualTo(new SnapshotChoice("latest", "/a:b"));
        assertThat(SnapshotChoice.parse("latest").path()).isEqualTo("/");
        assertThat(SnapshotChoice.parse("latest:").path()).isEqualTo("/");
    }
}
