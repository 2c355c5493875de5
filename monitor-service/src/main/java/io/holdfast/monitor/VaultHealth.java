package io.holdfast.monitor;

import io.holdfast.events.BackupId;
import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the site's vault holds of a component.
 *
 * @param good newest first, at most {@value #MOST}
 * @param readAt when the newest catalogue was read; null before the first
 * @param failure the last failed run; null once a run succeeded
 */
record VaultHealth(
        List<GoodSnapshot> good,
        @Nullable Instant readAt,
        @Nullable Failure failure) {

    static final int MOST = 20;

    /** How far the clocks of a site and of the broker may lie apart. */
    static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    static VaultHealth unknown() {
        return new VaultHealth(List.of(), null, null);
    }

    Optional<GoodSnapshot> newest() {
        return good.stream().findFirst();
    }

    boolean holdsOneOf(BackupId backup) {
        return good.stream().anyMatch(snapshot -> backup.equals(snapshot.backup()));
    }

    /** A snapshot that is known already keeps the time it was first heard of. */
    VaultHealth taken(GoodSnapshot snapshot) {
        if (good.stream().anyMatch(known -> known.snapshot().equals(snapshot.snapshot()))) {
            return this;
        }
        var all = new ArrayList<>(good);
        all.add(snapshot);
        return new VaultHealth(newestOf(all), readAt, null);
    }

    VaultHealth failed(String code, String message, Instant at) {
        return new VaultHealth(good, readAt, Failure.following(failure, code, message, at));
    }

    /** What is there, as read; snapshots announced while it was read, or after, are kept. */
    VaultHealth catalogued(ComponentCatalogued catalogue, Instant recordedAt) {
        if (readAt != null && !catalogue.readAt().isAfter(readAt)) {
            return this;
        }
        var known = new HashMap<String, GoodSnapshot>();
        good.forEach(snapshot -> known.put(snapshot.snapshot().value(), snapshot));
        var all = new ArrayList<GoodSnapshot>();
        for (CataloguedSnapshot found : catalogue.snapshots()) {
            if (found.kind() == SnapshotKind.REGULAR) {
                GoodSnapshot before = known.remove(found.snapshot().value());
                all.add(before != null ? before : GoodSnapshot.found(found, recordedAt));
            }
        }
        known.values().stream()
                .filter(snapshot -> snapshot.seen().isAfter(catalogue.readAt().minus(CLOCKS_APART)))
                .forEach(all::add);
        return new VaultHealth(newestOf(all), catalogue.readAt(), failure);
    }

    private static List<GoodSnapshot> newestOf(List<GoodSnapshot> all) {
        return all.stream()
                .sorted(Comparator.comparing(GoodSnapshot::at)
                        .thenComparing(snapshot -> snapshot.snapshot().value())
                        .reversed())
                .limit(MOST)
                .toList();
    }
}
