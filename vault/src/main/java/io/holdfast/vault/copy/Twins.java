package io.holdfast.vault.copy;

import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which snapshots a repository has of another one. As restic judges it: a snapshot is there when one that came from the
 * same first version says the same but for its parent. So one whose tags have changed since is copied again.
 */
final class Twins {

    private final Map<SnapshotId, List<Snapshot>> byFirstVersion = new HashMap<>();

    void add(Snapshot snapshot) {
        remember(snapshot.id(), snapshot);
        snapshot.original().ifPresent(original -> remember(original, snapshot));
    }

    private void remember(SnapshotId firstVersion, Snapshot snapshot) {
        byFirstVersion.computeIfAbsent(firstVersion, _ -> new ArrayList<>()).add(snapshot);
    }

    Optional<Snapshot> of(Snapshot snapshot) {
        return byFirstVersion.getOrDefault(snapshot.original().orElse(snapshot.id()), List.of()).stream()
                .filter(candidate -> saysTheSame(candidate, snapshot))
                .findFirst();
    }

    private static boolean saysTheSame(Snapshot one, Snapshot other) {
        return one.time().equals(other.time())
                && one.tree().equals(other.tree())
                && one.hostname().equals(other.hostname())
                && one.username().equals(other.username())
                && areSame(one.paths(), other.paths())
                && areSame(one.tags(), other.tags())
                && one.excludes().equals(other.excludes());
    }

    private static boolean areSame(List<String> some, List<String> others) {
        return some.size() == others.size() && new HashSet<>(some).equals(new HashSet<>(others));
    }
}
