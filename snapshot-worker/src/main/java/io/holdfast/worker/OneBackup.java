package io.holdfast.worker;

import io.holdfast.events.BackupEvent.BackupAccepted;
import io.holdfast.events.BackupEvent.BackupFailed;
import io.holdfast.events.BackupEvent.BackupRefused;
import io.holdfast.events.BackupEvent.BackupStarted;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.BackupId;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.SnapshotRef;
import io.holdfast.site.OperatorText;
import io.holdfast.site.SnapshotTags;
import io.holdfast.vault.backup.Change;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of the backups that a request asks for: what is said of it, and how its snapshot is tagged. */
record OneBackup(BackupRequested request, ComponentId component, String site) {

    /** All that a request asks for. */
    static List<OneBackup> of(BackupRequested request, String site) {
        return request.all().stream()
                .map(component -> new OneBackup(request, component, site))
                .toList();
    }

    BackupId id() {
        return component.equals(request.component())
                ? request.backup()
                : BackupId.of(component, request.recoveryPoint());
    }

    List<String> tags(long planRevision, Worth worth) {
        return new SnapshotTags(
                        component, id(), request.attempt(), request.recoveryPoint(), worth.kind(), request.name())
                .by(planRevision)
                .with(worth.consistency())
                .wire();
    }

    BackupAccepted accepted() {
        return new BackupAccepted(component, id(), request.attempt(), request.recoveryPoint(), site);
    }

    BackupStarted started() {
        return new BackupStarted(component, id(), request.attempt(), request.recoveryPoint(), site);
    }

    BackupRefused tooLate() {
        return refused(
                "HF-W01",
                "The request to back up %s came after its expiry at %s. Nothing was captured; the next scheduled run is not affected."
                        .formatted(component, request.expires()));
    }

    BackupRefused unplanned() {
        return refused(
                "HF-W02",
                "The plan has no component %s at site %s. Nothing was captured; earlier snapshots are safe. Add it to the plan and publish the plan again."
                        .formatted(component, site));
    }

    private BackupRefused refused(String code, String message) {
        return new BackupRefused(component, id(), request.attempt(), request.recoveryPoint(), site, code, message);
    }

    BackupFailed failed(String code, IOException why) {
        return new BackupFailed(
                component, id(), request.attempt(), request.recoveryPoint(), site, code, OperatorText.of(code, why));
    }

    SnapshotTaken taken(Snapshot snapshot, @Nullable Duration rested, List<Change> changes) {
        Optional<Summary> summary = snapshot.summary();
        Optional<SnapshotTags> tags = SnapshotTags.of(snapshot);
        return new SnapshotTaken(
                component,
                id(),
                request.attempt(),
                request.recoveryPoint(),
                site,
                new SnapshotRef(snapshot.id().toString()),
                snapshot.time(),
                request.kind(),
                summary.map(Summary::totalFilesProcessed).orElse(0L),
                summary.map(Summary::totalBytesProcessed).orElse(0L),
                summary.map(Summary::dataAddedPacked).orElse(0L),
                summary.map(it -> Duration.between(it.backupStart(), it.backupEnd()))
                        .orElse(Duration.ZERO),
                rested,
                tags.map(SnapshotTags::consistency).orElse(null),
                Changed.text(changes).orElse(null),
                tags.map(SnapshotTags::planRevision).orElse(null));
    }
}
