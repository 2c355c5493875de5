package io.holdfast.restore;

import io.holdfast.events.SnapshotKind;
import io.holdfast.site.SnapshotTags;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** A snapshot that Holdfast took, with what its tags tell. */
record Held(Snapshot snapshot, SnapshotTags tags) {

    String component() {
        return tags.component().component();
    }

    /** Whether it was kept as it was, just before a restore or in an emergency, and lacks what was not there. */
    boolean isSalvaged() {
        return tags.kind() == SnapshotKind.SAFETY || tags.kind() == SnapshotKind.EMERGENCY;
    }

    static List<Held> of(List<Snapshot> snapshots) {
        return snapshots.stream()
                .map(snapshot -> SnapshotTags.of(snapshot).map(tags -> new Held(snapshot, tags)))
                .flatMap(Optional::stream)
                .toList();
    }
}
