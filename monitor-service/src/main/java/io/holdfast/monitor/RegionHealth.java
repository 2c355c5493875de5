package io.holdfast.monitor;

import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.SnapshotKind;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one region holds of a component.
 *
 * @param newest the newest snapshot there; null while there is none
 * @param behindSince when the oldest snapshot it lacks was taken, as its site said last; null when that was none
 * @param failure why it could not be brought up to date; null when the last try went well
 * @param readAt when its newest catalogue was read; null before the first
 */
record RegionHealth(
        @Nullable GoodSnapshot newest,
        @Nullable Instant behindSince,
        @Nullable Failure failure,
        @Nullable Instant readAt) {

    static RegionHealth unknown() {
        return new RegionHealth(null, null, null, null);
    }

    /**
     * A copy arrived.
     *
     * @param newestInVault what the vault's newest snapshot is, to tell whether the region now lacks nothing
     */
    RegionHealth replicated(GoodSnapshot copy, Optional<GoodSnapshot> newestInVault) {
        boolean complete = newestInVault
                .map(newestThere -> !newestThere.at().isAfter(copy.at()))
                .orElse(true);
        return new RegionHealth(newer(copy), complete ? null : behindSince, null, readAt);
    }

    RegionHealth failed(String code, String message, Instant lacking, Instant at) {
        return new RegionHealth(newest, lacking, Failure.following(failure, code, message, at), readAt);
    }

    RegionHealth catalogued(ComponentCatalogued catalogue, Instant recordedAt) {
        if (readAt != null && !catalogue.readAt().isAfter(readAt)) {
            return this;
        }
        GoodSnapshot found = catalogue.snapshots().stream()
                .filter(snapshot -> snapshot.kind() == SnapshotKind.REGULAR)
                .map(snapshot -> GoodSnapshot.found(snapshot, recordedAt))
                .reduce((one, other) -> one.at().isBefore(other.at()) ? other : one)
                .orElse(null);
        boolean copiedSince = newest != null
                && newest.seen().isAfter(catalogue.readAt().minus(VaultHealth.CLOCKS_APART))
                && (found == null || newest.at().isAfter(found.at()));
        boolean sameAsKnown =
                newest != null && found != null && newest.snapshot().equals(found.snapshot());
        return new RegionHealth(
                copiedSince || sameAsKnown ? newest : found,
                catalogue.behindSince(),
                catalogue.behindSince() == null ? null : failure,
                catalogue.readAt());
    }

    private GoodSnapshot newer(GoodSnapshot copy) {
        return newest == null || newest.at().isBefore(copy.at()) ? copy : newest;
    }
}
