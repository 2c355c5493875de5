package io.holdfast.site;

import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.ComponentId;
import io.holdfast.vault.snapshot.Snapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads from a place what it holds of a component. */
public final class Catalogue {

    private static final Comparator<CataloguedSnapshot> NEWEST_FIRST =
            Comparator.comparing(CataloguedSnapshot::takenAt).reversed();

    private Catalogue() {}

    /**
     * What a place holds of a component.
     *
     * @param others of a region, what the vault does not hold: told of as far as there is room beside the snapshots
     * @param behindSince when the oldest snapshot that the place still lacks was taken; null when it lacks none
     */
    public static ComponentCatalogued of(
            ComponentId component,
            String place,
            String site,
            List<Snapshot> snapshots,
            List<Snapshot> others,
            @Nullable Instant behindSince,
            Instant readAt) {
        List<CataloguedSnapshot> held = newestFirst(component, snapshots);
        List<CataloguedSnapshot> more = newestFirst(component, others);
        return new ComponentCatalogued(
                component,
                place,
                site,
                Stream.concat(held.stream(), more.stream())
                        .limit(ComponentCatalogued.MOST)
                        .sorted(NEWEST_FIRST)
                        .toList(),
                held.size() + more.size(),
                behindSince,
                readAt);
    }

    private static List<CataloguedSnapshot> newestFirst(ComponentId component, List<Snapshot> snapshots) {
        return snapshots.stream()
                .map(snapshot -> SnapshotTags.of(snapshot)
                        .filter(tags -> tags.component().equals(component))
                        .map(tags -> tags.catalogued(snapshot)))
                .flatMap(Optional::stream)
                .sorted(NEWEST_FIRST)
                .toList();
    }
}
