package io.holdfast.events;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What vaults and regions really hold, read from them; everything else can be rebuilt from it. */
public sealed interface CatalogueRecord extends Event {

    /** The place that stands for the site's own vault; every other place is a region's name. */
    String VAULT = "vault";

    /**
     * The newest snapshots of one component in one place.
     *
     * @param place {@link #VAULT} or a region
     * @param snapshots newest first, at most {@value #MOST}; of a region, beside those of the vault, also those that the vault
     *     does not hold, any more or again
     * @param total how many there are in all
     * @param behindSince when the oldest snapshot that the place still lacks was taken; null when it lacks none
     */
    @JsonTypeName("component-catalogued.v1")
    record ComponentCatalogued(
            ComponentId component,
            String place,
            String site,
            List<CataloguedSnapshot> snapshots,
            int total,
            @Nullable Instant behindSince,
            Instant readAt)
            implements CatalogueRecord {

        public static final int MOST = 100;

        @Override
        public String key() {
            return component + "/" + place;
        }
    }

    /**
     * One snapshot as its tags and summary tell.
     *
     * @param complete of a manifest: whether its recovery point holds every component that was asked for; null for other
     *     snapshots and for manifests that do not say
     * @param consistency null: its tags do not say
     */
    record CataloguedSnapshot(
            SnapshotRef snapshot,
            Instant takenAt,
            BackupId backup,
            RecoveryPointId recoveryPoint,
            SnapshotKind kind,
            @Nullable String name,
            long files,
            long bytes,
            @Nullable Boolean complete,
            @Nullable Consistency consistency) {}
}
