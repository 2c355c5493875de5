package io.holdfast.restore;

import io.holdfast.site.SnapshotTags;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** A snapshot that Holdfast took, with what its tags tell. */
record Held(Snapshot snapshot, SnapshotTags tags) {

    String component() {
        return tags.component().component();
    }

    static List<Held> of(List<Snapshot> snapshots) {
        return snapshots.stream()
                .map(snapshot -> SnapshotTags.of(snapshot).map(tags -> new Held(snapshot, tags)))
                .flatMap(Optional::stream)
                .toList();
    }
}
