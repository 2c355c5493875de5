package io.holdfast.console.view;

import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.ComponentId;
import io.holdfast.events.SnapshotRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the copies of each snapshot lie. Events claim that a place has one; what the place's catalogue says later, as
 * far as it reaches back, is the truth. The answer does not depend on the order in which the two arrive.
 */
final class Copies {

    private static final int MOST_CLAIMS = 100_000;

    /** Each component's catalogued places. */
    private final Map<ComponentId, Map<String, Listing>> listings = new HashMap<>();

    private final Map<SnapshotRef, Map<String, Instant>> claims = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SnapshotRef, Map<String, Instant>> eldest) {
            return size() > MOST_CLAIMS;
        }
    };

    /**
     * What one place holds of one component.
     *
     * @param reachesBackTo snapshots older than this may lie there without being listed
     */
    private record Listing(Set<SnapshotRef> snapshots, Instant reachesBackTo, Instant readAt) {

        static Listing of(ComponentCatalogued catalogued) {
            var snapshots = new HashSet<SnapshotRef>();
            Instant oldest = catalogued.readAt();
            for (CataloguedSnapshot snapshot : catalogued.snapshots()) {
                snapshots.add(snapshot.snapshot());
                oldest = snapshot.takenAt().isBefore(oldest) ? snapshot.takenAt() : oldest;
            }
            boolean whole = catalogued.total() <= catalogued.snapshots().size();
            return new Listing(snapshots, whole ? Instant.MIN : oldest, catalogued.readAt());
        }

        boolean contradicts(Instant takenAt, Instant claimedAt) {
            return !claimedAt.isAfter(readAt) && !takenAt.isBefore(reachesBackTo);
        }
    }

    void catalogued(ComponentCatalogued catalogued) {
        listings.computeIfAbsent(catalogued.component(), _ -> new HashMap<>())
                .merge(
                        catalogued.place(),
                        Listing.of(catalogued),
                        (before, now) -> now.readAt().isBefore(before.readAt()) ? before : now);
    }

    void claimed(SnapshotRef snapshot, String place, Instant at) {
        claims.computeIfAbsent(snapshot, _ -> new TreeMap<>()).put(place, at);
    }

    /** The places that hold a snapshot, sorted. */
    List<String> of(ComponentId component, SnapshotRef snapshot, Instant takenAt) {
        Map<String, Listing> listed = listings.getOrDefault(component, Map.of());
        var places = new TreeSet<String>();
        listed.forEach((place, listing) -> {
            if (listing.snapshots().contains(snapshot)) {
                places.add(place);
            }
        });
        claims.getOrDefault(snapshot, Map.of()).forEach((place, claimedAt) -> {
            Listing listing = listed.get(place);
            if (listing == null || !listing.contradicts(takenAt, claimedAt)) {
                places.add(place);
            }
        });
        return List.copyOf(places);
    }
}
