package io.holdfast.scheduler;

import io.holdfast.events.BackupEvent.OfComponent;
import io.holdfast.events.BackupEvent.RecoveryPointCompleted;
import io.holdfast.events.BackupEvent.RecoveryPointIncomplete;
import io.holdfast.events.BackupEvent.RecoveryPointOpened;
import io.holdfast.events.BackupId;
import io.holdfast.events.BackupKind;
import io.holdfast.events.Event;
import io.holdfast.events.RecoveredComponent;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.events.Request.ManifestRequested;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recovery point from its opening until its manifest is written.
 *
 * @param backups by component
 * @param manifest null as long as backups are collected
 */
record OpenRecoveryPoint(
        String stack,
        RecoveryPointId id,
        @Nullable String name,
        Instant due,
        Instant deadline,
        NavigableMap<String, ComponentBackup> backups,
        @Nullable ManifestWait manifest) {

    static OpenRecoveryPoint of(
            String stack,
            RecoveryPointId id,
            @Nullable String name,
            Instant due,
            Instant deadline,
            Collection<ComponentBackup> backups) {
        return new OpenRecoveryPoint(
                stack,
                id,
                name,
                due,
                deadline,
                Sorted.by(backups, backup -> backup.component().component()),
                null);
    }

    Announcement opened() {
        var kind = backups.values().stream().allMatch(backup -> backup.kind() == BackupKind.FULL)
                ? BackupKind.FULL
                : BackupKind.INCREMENTAL;
        return fact(new RecoveryPointOpened(stack, id, List.copyOf(backups.keySet()), kind, name, due, deadline));
    }

    OpenRecoveryPoint after(OfComponent event, Instant now, SchedulerSettings settings) {
        return changing(event.component().component(), event.backup(), backup -> backup.after(event, now, settings));
    }

    /** The component's site still waits for its turn, or works. */
    OpenRecoveryPoint renewed(String component, BackupId id, Instant now, SchedulerSettings settings) {
        return changing(component, id, backup -> backup.renewed(now, settings));
    }

    /** Whether the component's backup may be under way. */
    boolean awaits(String component) {
        ComponentBackup backup = backups.get(component);
        return manifest == null && backup != null && !backup.ended();
    }

    /** Whether backups of components that are captured together may be under way. */
    boolean awaitsGroup() {
        return manifest == null && backups.values().stream().anyMatch(backup -> backup.inGroup() && !backup.ended());
    }

    /** Does what is due: asks sites, settles the recovery point, asks for its manifest. */
    OpenRecoveryPoint advance(Instant now, SchedulerSettings settings, Consumer<Announcement> say) {
        return manifest == null
                ? askedFor(now, settings, say).settled(now, settings, say)
                : askedForManifest(manifest, now, settings, say);
    }

    OpenRecoveryPoint resumed(Instant now, SchedulerSettings settings) {
        Instant lease = now.plus(settings.lease());
        Instant latest = Instants.earlier(deadline, now.plus(settings.deadline()));
        return new OpenRecoveryPoint(
                stack,
                id,
                name,
                due,
                manifest == null ? Instants.later(lease, latest) : deadline,
                Sorted.mapped(backups, backup -> backup.resumed(now, settings)),
                manifest == null ? null : manifest.resumed(now, settings));
    }

    /** Whether its manifest is all it waits for, or waited for. */
    boolean awaitsManifest() {
        return manifest != null;
    }

    /** Whether nobody waits for its manifest any longer. */
    boolean over(Instant now) {
        return manifest != null && !now.isBefore(manifest.expires());
    }

    /** Whether it was settled with something to write a manifest of. */
    boolean wantsManifest() {
        return manifest != null && manifest.asked() > 0;
    }

    Instant wakeAt() {
        if (manifest != null) {
            return Instants.earlier(manifest.askAt(), manifest.expires());
        }
        return groups().stream().map(BackupGroup::askAt).reduce(deadline, Instants::earlier);
    }

    private OpenRecoveryPoint changing(String component, BackupId id, UnaryOperator<ComponentBackup> change) {
        ComponentBackup backup = backups.get(component);
        if (manifest != null || backup == null || !idOf(backup).equals(id)) {
            return this;
        }
        ComponentBackup changed = change.apply(backup);
        return changed.equals(backup) ? this : with(Sorted.with(backups, component, changed), null);
    }

    private OpenRecoveryPoint askedFor(Instant now, SchedulerSettings settings, Consumer<Announcement> say) {
        if (!now.isBefore(deadline)) {
            return this;
        }
        OpenRecoveryPoint asked = this;
        for (BackupGroup group : groups()) {
            if (!group.askAt().isAfter(now)) {
                BackupGroup again = group.askedAgain(now, settings);
                say.accept(request(again, now, settings));
                for (ComponentBackup backup : again.members()) {
                    asked = asked.with(
                            Sorted.with(asked.backups, backup.component().component(), backup), null);
                }
            }
        }
        return asked;
    }

    private List<BackupGroup> groups() {
        return BackupGroup.of(backups.values());
    }

    private Announcement request(BackupGroup group, Instant now, SchedulerSettings settings) {
        Instant expires = Instants.earlier(now.plus(settings.startWithin()), deadline);
        ComponentBackup first = group.first();
        return Announcement.request(
                first.site(),
                new BackupRequested(
                        first.component(),
                        idOf(first),
                        first.attempt(),
                        id,
                        group.kind(),
                        name,
                        due,
                        expires,
                        group.others()),
                id);
    }

    private OpenRecoveryPoint settled(Instant now, SchedulerSettings settings, Consumer<Announcement> say) {
        boolean ended = backups.values().stream().allMatch(ComponentBackup::ended);
        if (!ended && now.isBefore(deadline)) {
            return this;
        }
        List<String> missing = missing();
        say.accept(fact(
                missing.isEmpty()
                        ? new RecoveryPointCompleted(stack, id, recovered())
                        : new RecoveryPointIncomplete(stack, id, recovered(), missing)));
        Optional<ComponentBackup> held = holding().findFirst();
        if (held.isEmpty()) {
            return with(backups, new ManifestWait("", 0, now, now));
        }
        var wait = new ManifestWait(held.get().site(), 0, now, now.plus(settings.deadline()));
        return with(backups, wait).askedForManifest(wait, now, settings, say);
    }

    private OpenRecoveryPoint askedForManifest(
            ManifestWait wait, Instant now, SchedulerSettings settings, Consumer<Announcement> say) {
        if (wait.askAt().isAfter(now) || !now.isBefore(wait.expires())) {
            return this;
        }
        List<String> missing = missing();
        var request =
                new ManifestRequested(stack, id, missing.isEmpty(), name, due, recovered(), missing, wait.expires());
        say.accept(Announcement.request(wait.site(), request, id));
        return with(backups, wait.askedAgain(now, settings));
    }

    private Stream<ComponentBackup> holding() {
        return backups.values().stream().filter(backup -> backup.recovered().isPresent());
    }

    private List<RecoveredComponent> recovered() {
        return backups.values().stream()
                .flatMap(backup -> backup.recovered().stream())
                .toList();
    }

    private List<String> missing() {
        return backups.values().stream()
                .filter(backup -> backup.recovered().isEmpty())
                .map(backup -> backup.component().component())
                .toList();
    }

    private BackupId idOf(ComponentBackup backup) {
        return BackupId.of(backup.component(), id);
    }

    private Announcement fact(Event event) {
        return Announcement.fact(event, id);
    }

    private OpenRecoveryPoint with(NavigableMap<String, ComponentBackup> next, @Nullable ManifestWait wait) {
        return new OpenRecoveryPoint(stack, id, name, due, deadline, next, wait);
    }
}
