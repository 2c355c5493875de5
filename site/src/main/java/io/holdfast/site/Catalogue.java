package io.holdfast.site;

import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.ComponentId;
import io.holdfast.vault.snapshot.Snapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads from a place what it holds of a component. */
public final class Catalogue {

    private static final Comparator<CataloguedSnapshot> NEWEST_FIRST =
            Comparator.comparing(CataloguedSnapshot::takenAt).reversed();

    private Catalogue() {}

    /**
     * What a place holds of a component.
     *
     * @param behindSince when the oldest snapshot that the place still lacks was taken; null when it lacks none
     */
    public static ComponentCatalogued of(
            ComponentId component,
            String place,
            String site,
            List<Snapshot> snapshots,
            @Nullable Instant behindSince,
            Instant readAt) {
        List<CataloguedSnapshot> held = snapshots.stream()
                .map(snapshot -> SnapshotTags.of(snapshot)
                        .filter(tags -> tags.component().equals(component))
                        .map(tags -> tags.catalogued(snapshot)))
                .flatMap(Optional::stream)
                .sorted(NEWEST_FIRST)
                .toList();
        return new ComponentCatalogued(
                component,
                place,
                site,
                held.stream().limit(ComponentCatalogued.MOST).toList(),
                held.size(),
                behindSince,
                readAt);
    }
}
