package io.holdfast.console.view;

import io.holdfast.events.BackupKind;
import io.holdfast.events.Consistency;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.SnapshotRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One recovery point as events and catalogue tell of it, in whichever order they arrive.
 *
 * @param asked whether somebody works on it, or did: false for one known from the catalogue alone
 * @param outcome what the scheduler or the manifest said in the end; null before that
 * @param due the instant it stands for; null where only snapshots tell of it
 * @param components by name
 * @param code why it was refused
 * @param message why it was refused, for an operator
 */
public record RecoveryPoint(
        RecoveryPointId id,
        String stack,
        @Nullable String name,
        @Nullable BackupKind kind,
        @Nullable String requestedBy,
        boolean asked,
        @Nullable Status outcome,
        @Nullable Instant due,
        SortedMap<String, ComponentBackup> components,
        @Nullable String code,
        @Nullable String message) {

    /** Newest first; of two that are due at the same instant, the greater id first. */
    static final Comparator<RecoveryPoint> NEWEST_FIRST = Comparator.comparing(RecoveryPoint::at)
            .thenComparing(point -> point.id().value())
            .reversed();

    /** The one word for a recovery point. */
    public enum Status {
        RUNNING,
        COMPLETE,
        INCOMPLETE,
        REFUSED
    }

    static RecoveryPoint unknown(RecoveryPointId id, String stack) {
        return new RecoveryPoint(id, stack, null, null, null, false, null, null, new TreeMap<>(), null, null);
    }

    public Status status() {
        if (outcome != null) {
            return outcome;
        }
        return asked ? Status.RUNNING : Status.INCOMPLETE;
    }

    /** The instant it stands for: when it was due, else what its id says, else its oldest snapshot. */
    public Instant at() {
        if (due != null) {
            return due;
        }
        return Stamps.of(id, stack)
                .or(() -> taken().stream().map(Taken::at).min(Comparator.naturalOrder()))
                .orElse(Instant.EPOCH);
    }

    /** How far its snapshots belong together; empty where not all of them say. */
    public Optional<Consistency> consistency() {
        return Consistency.ofAll(components.values().stream()
                .filter(backup -> backup.snapshot() != null)
                .map(ComponentBackup::consistency)
                .toList());
    }

    /** A component's durable snapshot. */
    public record Taken(String component, SnapshotRef snapshot, Instant at) {}

    /** The snapshots it is made of. */
    public List<Taken> taken() {
        var taken = new ArrayList<Taken>();
        for (ComponentBackup backup : components.values()) {
            if (backup.snapshot() != null && backup.takenAt() != null) {
                taken.add(new Taken(backup.component(), backup.snapshot(), backup.takenAt()));
            }
        }
        return taken;
    }

    RecoveryPoint asked(
            Collection<String> planned,
            @Nullable BackupKind asKind,
            @Nullable String asName,
            @Nullable String by,
            @Nullable Instant asDue) {
        RecoveryPoint point = this;
        for (String component : planned) {
            point = point.with(ComponentBackup.waiting(component));
        }
        return new RecoveryPoint(
                id,
                stack,
                asName == null ? name : asName,
                asKind == null ? kind : asKind,
                by == null ? requestedBy : by,
                true,
                outcome,
                asDue == null ? due : asDue,
                point.components,
                code,
                message);
    }

    RecoveryPoint named(@Nullable String asName) {
        return new RecoveryPoint(
                id,
                stack,
                asName == null ? name : asName,
                kind,
                requestedBy,
                asked,
                outcome,
                due,
                components,
                code,
                message);
    }

    RecoveryPoint worked() {
        return asked(List.of(), null, null, null, null);
    }

    RecoveryPoint with(ComponentBackup news) {
        var all = new TreeMap<>(components);
        all.merge(news.component(), news, ComponentBackup::or);
        return new RecoveryPoint(id, stack, name, kind, requestedBy, asked, outcome, due, all, code, message);
    }

    RecoveryPoint ended(Status as) {
        return new RecoveryPoint(id, stack, name, kind, requestedBy, asked, as, due, components, code, message);
    }

    RecoveryPoint refused(String why, String text) {
        return new RecoveryPoint(id, stack, name, kind, requestedBy, true, Status.REFUSED, due, components, why, text);
    }

    /** What a manifest in the vault says, where no event did. */
    RecoveryPoint settled(boolean complete) {
        return outcome != null ? this : ended(complete ? Status.COMPLETE : Status.INCOMPLETE);
    }
}
