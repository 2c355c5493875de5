package io.holdfast.scheduler;

import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.SnapshotKind;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a site's vault holds of a component.
 *
 * @param newest the latest instant a regular snapshot was taken, or was due, whichever is later; null for none
 */
record CataloguedVault(String site, @Nullable Instant newest) {

    /** Reads the catalogue; an instant that is still to come, by a site's wrong clock, counts as now. */
    static CataloguedVault of(ComponentCatalogued record, Instant now) {
        Instant newest = record.snapshots().stream()
                .filter(snapshot -> snapshot.kind() == SnapshotKind.REGULAR)
                .flatMap(CataloguedVault::instants)
                .map(instant -> Instants.earlier(instant, now))
                .max(Instant::compareTo)
                .orElse(null);
        return new CataloguedVault(record.site(), newest);
    }

    private static Stream<Instant> instants(CataloguedSnapshot snapshot) {
        return Stream.concat(Stream.of(snapshot.takenAt()), snapshot.recoveryPoint().stamp().stream());
    }
}
