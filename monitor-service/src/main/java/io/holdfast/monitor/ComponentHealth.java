package io.holdfast.monitor;

import io.holdfast.events.BackupEvent;
import io.holdfast.events.BackupEvent.BackupFailed;
import io.holdfast.events.BackupEvent.BackupRefused;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.CatalogueRecord;
import io.holdfast.events.CatalogueRecord.ComponentCatalogued;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.PlanRecord.Retired;
import io.holdfast.events.ReplicaEvent.ReplicationFailed;
import io.holdfast.events.ReplicaEvent.SnapshotReplicated;
import io.holdfast.events.StatusRecord.ComponentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one component. Redelivered events change nothing.
 *
 * @param planned null when it is in no plan, or not yet
 * @param regions by name; also those the plan no longer has
 * @param failuresSeen ids of the last failures, so that an old one that comes again is recognised
 * @param open the alerts that are raised
 * @param published the status as last published; null when there is none
 */
record ComponentHealth(
        ComponentId component,
        @Nullable Planned planned,
        VaultHealth vault,
        Map<String, RegionHealth> regions,
        List<String> failuresSeen,
        List<OpenAlert> open,
        @Nullable ComponentStatus published) {

    private static final int MOST_FAILURES = 20;

    static ComponentHealth unknown(ComponentId component) {
        return new ComponentHealth(component, null, VaultHealth.unknown(), Map.of(), List.of(), List.of(), null);
    }

    /**
     * The health after an event.
     *
     * @param recordedAt broker time of the record
     */
    ComponentHealth after(Envelope envelope, Instant recordedAt) {
        return switch (envelope.event()) {
            case ComponentPlanned now -> planned(now, recordedAt);
            case Retired retired -> retired(retired.revision());
            case SnapshotTaken taken -> with(vault.taken(GoodSnapshot.announced(taken, recordedAt)));
            case BackupFailed failed -> failed(envelope, failed, failed.code(), failed.message(), recordedAt);
            case BackupRefused refused -> failed(envelope, refused, refused.code(), refused.message(), recordedAt);
            case SnapshotReplicated copied -> replicated(copied, recordedAt);
            case ReplicationFailed failed -> replicationFailed(envelope, failed, recordedAt);
            case ComponentCatalogued catalogue -> catalogued(catalogue, recordedAt);
            case Event _ -> this;
        };
    }

    RegionHealth region(String name) {
        return regions.getOrDefault(name, RegionHealth.unknown());
    }

    ComponentHealth published(@Nullable ComponentStatus status) {
        return new ComponentHealth(component, planned, vault, regions, failuresSeen, open, status);
    }

    ComponentHealth with(List<OpenAlert> nowOpen) {
        return new ComponentHealth(component, planned, vault, regions, failuresSeen, nowOpen, published);
    }

    private ComponentHealth planned(ComponentPlanned now, Instant at) {
        return planned != null && now.revision() < planned.revision()
                ? this
                : with(Planned.following(planned, now, at));
    }

    private ComponentHealth retired(long revision) {
        return planned == null || revision < planned.revision() ? this : with((Planned) null);
    }

    private ComponentHealth failed(
            Envelope envelope, BackupEvent.OfComponent backup, String code, String message, Instant at) {
        return failuresSeen.contains(envelope.id()) || vault.holdsOneOf(backup.backup())
                ? this
                : seen(envelope).with(vault.failed(code, message, at));
    }

    private ComponentHealth replicated(SnapshotReplicated copied, Instant at) {
        GoodSnapshot copy = vault.good().stream()
                .filter(good -> good.snapshot().equals(copied.snapshot()))
                .findFirst()
                .map(good -> good.copiedAt(at))
                .orElseGet(() -> GoodSnapshot.copied(copied, at));
        return with(copied.region(), region -> region.replicated(copy, vault.newest()));
    }

    private ComponentHealth replicationFailed(Envelope envelope, ReplicationFailed failed, Instant at) {
        return failuresSeen.contains(envelope.id())
                ? this
                : seen(envelope)
                        .with(
                                failed.region(),
                                region -> region.failed(failed.code(), failed.message(), failed.behindSince(), at));
    }

    private ComponentHealth catalogued(ComponentCatalogued catalogue, Instant at) {
        return catalogue.place().equals(CatalogueRecord.VAULT)
                ? with(vault.catalogued(catalogue, at))
                : with(catalogue.place(), region -> region.catalogued(catalogue, at));
    }

    private ComponentHealth seen(Envelope failure) {
        var ids = new ArrayList<>(failuresSeen);
        ids.add(failure.id());
        var last = List.copyOf(ids.subList(Math.max(0, ids.size() - MOST_FAILURES), ids.size()));
        return new ComponentHealth(component, planned, vault, regions, last, open, published);
    }

    private ComponentHealth with(@Nullable Planned now) {
        return new ComponentHealth(component, now, vault, regions, failuresSeen, open, published);
    }

    private ComponentHealth with(VaultHealth now) {
        return new ComponentHealth(component, planned, now, regions, failuresSeen, open, published);
    }

    private ComponentHealth with(String region, UnaryOperator<RegionHealth> change) {
        var now = new TreeMap<>(regions);
        now.put(region, change.apply(region(region)));
        return new ComponentHealth(component, planned, vault, now, failuresSeen, open, published);
    }
}
