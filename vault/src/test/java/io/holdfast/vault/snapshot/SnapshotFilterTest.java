package io.holdfast.vault.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.model.BlobId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotFilterTest {

    private static Snapshot snapshot(String host, List<String> tags, List<String> paths) {
        return new Snapshot(
                Snapshot.UNSTORED,
                Instant.EPOCH,
                ZoneOffset.UTC,
                host,
                "user",
                paths,
                tags,
                List.of(),
                null,
                null,
                BlobId.parse("0".repeat(64)),
                null,
                "test");
    }

    private static boolean hasTags(List<String> tags, List<List<String>> wanted) {
        return new SnapshotFilter(List.of(), wanted, List.of()).test(snapshot("h", tags, List.of("/a")));
    }

    @Test
    void wantsAllTagsOfAnyList() {
        assertThat(hasTags(List.of("a", "b"), List.of(List.of("a", "b")))).isTrue();
        assertThat(hasTags(List.of("a"), List.of(List.of("a", "b")))).isFalse();
        assertThat(hasTags(List.of("a"), List.of(List.of("a", "b"), List.of("a"))))
                .isTrue();
        assertThat(hasTags(List.of(), List.of())).isTrue();
    }

    @Test
    void takesAnEmptyTagForNone() {
        assertThat(hasTags(List.of(), List.of(List.of("")))).isTrue();
        assertThat(hasTags(List.of("a"), List.of(List.of("")))).isFalse();
    }

    @Test
    void wantsAnyHostAndAllPaths() {
        Snapshot snapshot = snapshot("one", List.of(), List.of("/a", "/b"));
        assertThat(new SnapshotFilter(List.of("one", "two"), List.of(), List.of("/b")).test(snapshot))
                .isTrue();
        assertThat(new SnapshotFilter(List.of("two"), List.of(), List.of()).test(snapshot))
                .isFalse();
        assertThat(new SnapshotFilter(List.of(), List.of(), List.of("/a", "/c")).test(snapshot))
                .isFalse();
    }
}
