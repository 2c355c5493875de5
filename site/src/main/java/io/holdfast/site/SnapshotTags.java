package io.holdfast.site;

import io.holdfast.events.BackupId;
import io.holdfast.events.CatalogueRecord.CataloguedSnapshot;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Consistency;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.SnapshotRef;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot is for, kept as its tags so that a vault alone tells everything.
 *
 * @param attempt the request's attempt that took it
 * @param name given by an operator; null if none was
 * @param complete of a manifest: whether its recovery point holds everything that was asked for; otherwise null
 * @param consistency null where it is not known
 * @param planRevision of the plan that said what to capture; null where it is not known
 */
public record SnapshotTags(
        ComponentId component,
        BackupId backup,
        int attempt,
        RecoveryPointId recoveryPoint,
        SnapshotKind kind,
        @Nullable String name,
        @Nullable Boolean complete,
        @Nullable Consistency consistency,
        @Nullable Long planRevision) {

    /** The tags of anything but a manifest. */
    public SnapshotTags(
            ComponentId component,
            BackupId backup,
            int attempt,
            RecoveryPointId recoveryPoint,
            SnapshotKind kind,
            @Nullable String name) {
        this(component, backup, attempt, recoveryPoint, kind, name, null, null, null);
    }

    public SnapshotTags with(@Nullable Consistency consistency) {
        return new SnapshotTags(
                component, backup, attempt, recoveryPoint, kind, name, complete, consistency, planRevision);
    }

    public SnapshotTags by(long planRevision) {
        return new SnapshotTags(
                component, backup, attempt, recoveryPoint, kind, name, complete, consistency, planRevision);
    }

    private static final String STACK = "stack=";
    private static final String COMPONENT = "component=";
    private static final String BACKUP = "backup=";
    private static final String ATTEMPT = "attempt=";
    private static final String RECOVERY_POINT = "recovery-point=";
    private static final String KIND = "kind=";
    private static final String NAME = "name=";
    private static final String COMPLETE = "complete=";
    private static final String CONSISTENCY = "consistency=";
    private static final String PLAN_REVISION = "plan-revision=";

    /** The tags in the form a snapshot carries them. */
    public List<String> wire() {
        var tags = new ArrayList<>(List.of(
                STACK + component.stack(),
                COMPONENT + component.component(),
                BACKUP + backup,
                ATTEMPT + attempt,
                RECOVERY_POINT + recoveryPoint,
                KIND + kind.wire()));
        if (name != null) {
            tags.add(NAME + TagText.encode(name));
        }
        if (complete != null) {
            tags.add(COMPLETE + complete);
        }
        if (consistency != null) {
            tags.add(CONSISTENCY + consistency.wire());
        }
        if (planRevision != null) {
            tags.add(PLAN_REVISION + planRevision);
        }
        return tags;
    }

    /** Reads a snapshot's tags; empty if it was not taken by Holdfast. */
    public static Optional<SnapshotTags> of(Snapshot snapshot) {
        try {
            return Optional.of(new SnapshotTags(
                    new ComponentId(value(snapshot, STACK), value(snapshot, COMPONENT)),
                    new BackupId(value(snapshot, BACKUP)),
                    Integer.parseInt(value(snapshot, ATTEMPT)),
                    new RecoveryPointId(value(snapshot, RECOVERY_POINT)),
                    SnapshotKind.valueOf(value(snapshot, KIND).toUpperCase(Locale.ROOT)),
                    find(snapshot, NAME).map(TagText::decode).orElse(null),
                    find(snapshot, COMPLETE).map(Boolean::valueOf).orElse(null),
                    find(snapshot, CONSISTENCY).flatMap(Consistency::ofWire).orElse(null),
                    find(snapshot, PLAN_REVISION).map(Long::valueOf).orElse(null)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The snapshot as catalogues list it. */
    public CataloguedSnapshot catalogued(Snapshot snapshot) {
        return new CataloguedSnapshot(
                new SnapshotRef(snapshot.id().toString()),
                snapshot.time(),
                backup,
                recoveryPoint,
                kind,
                name,
                snapshot.summary().map(Summary::totalFilesProcessed).orElse(0L),
                snapshot.summary().map(Summary::totalBytesProcessed).orElse(0L),
                complete,
                consistency);
    }

    private static String value(Snapshot snapshot, String prefix) {
        return find(snapshot, prefix)
                .orElseThrow(() -> new IllegalArgumentException("the snapshot has no tag " + prefix));
    }

    private static Optional<String> find(Snapshot snapshot, String prefix) {
        return snapshot.tags().stream()
                .filter(tag -> tag.startsWith(prefix))
                .map(tag -> tag.substring(prefix.length()))
                .findFirst();
    }
}
