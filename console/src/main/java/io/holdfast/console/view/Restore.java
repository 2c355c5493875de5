package io.holdfast.console.view;

import io.holdfast.events.ProgressEvent.RestoreProgressed;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreEvent;
import io.holdfast.events.RestoreEvent.ComponentRestored;
import io.holdfast.events.RestoreEvent.RestoreAccepted;
import io.holdfast.events.RestoreEvent.RestoreCompleted;
import io.holdfast.events.RestoreEvent.RestoreFailed;
import io.holdfast.events.RestoreEvent.RestorePlanned;
import io.holdfast.events.RestoreEvent.RestoreRefused;
import io.holdfast.events.RestoreEvent.RestoreWaiting;
import io.holdfast.events.RestoreEvent.SafetySnapshotTaken;
import io.holdfast.events.RestoreEvent.Step;
import io.holdfast.events.RestoreId;
import io.holdfast.events.SnapshotRef;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One restore as its events tell of it, in whichever order they arrive.
 *
 * @param askedAt when it was first heard of
 * @param expires when the request is refused if no site has accepted it; null where the request was not seen
 * @param from the place the data is read from
 * @param endedAt null while it is not over
 * @param code why it waits, was refused or stopped
 * @param message why it waits, was refused or stopped, for an operator
 * @param lacks which components are not back, and why, for an operator; null if all are
 */
public record Restore(
        RestoreId id,
        String stack,
        @Nullable String site,
        @Nullable String requestedBy,
        @Nullable String reason,
        State state,
        Instant askedAt,
        @Nullable Instant expires,
        @Nullable String from,
        SortedMap<String, Part> parts,
        @Nullable Instant endedAt,
        @Nullable String code,
        @Nullable String message,
        @Nullable String lacks) {

    /** In the order in which a restore goes through them; the last three end it. */
    public enum State {
        REQUESTED,
        ACCEPTED,
        RUNNING,
        REFUSED,
        FAILED,
        COMPLETED
    }

    /**
     * One component's part.
     *
     * @param target where it goes
     * @param safety the snapshot of the state it replaces
     * @param restored whether it is back
     * @param stoppedAt whether the restore stopped at it
     * @param lacks what its snapshot lacks, for an operator; null if nothing
     * @param altered what is back and yet not as it was, for an operator; null if nothing
     */
    public record Part(
            @Nullable SnapshotRef snapshot,
            @Nullable String target,
            @Nullable SnapshotRef safety,
            boolean restored,
            boolean stoppedAt,
            long files,
            long bytes,
            @Nullable String lacks,
            @Nullable String altered) {

        static final Part NONE = new Part(null, null, null, false, false, 0, 0, null, null);

        Part planned(Step step) {
            return new Part(step.snapshot(), step.target(), safety, restored, stoppedAt, files, bytes, lacks, altered);
        }

        Part safety(SnapshotRef taken) {
            return new Part(snapshot, target, taken, restored, stoppedAt, files, bytes, lacks, altered);
        }

        Part progressed(long atFiles, long atBytes) {
            return restored
                    ? this
                    : new Part(snapshot, target, safety, false, stoppedAt, atFiles, atBytes, lacks, altered);
        }

        Part restored(ComponentRestored e) {
            return new Part(
                    snapshot,
                    target,
                    safety,
                    true,
                    false,
                    e.written() + e.unchanged(),
                    e.bytes(),
                    e.lacks(),
                    e.altered());
        }

        Part back() {
            return new Part(snapshot, target, safety, true, false, files, bytes, lacks, altered);
        }

        Part stopped() {
            return new Part(snapshot, target, safety, restored, true, files, bytes, lacks, altered);
        }
    }

    static Restore heardOf(RestoreId id, String stack, Instant at) {
        return new Restore(
                id, stack, null, null, null, State.REQUESTED, at, null, null, new TreeMap<>(), null, null, null, null);
    }

    /** Whether its time ran out before any site accepted it: it will not be carried out any more. */
    public boolean isExpired(Instant now) {
        return state == State.REQUESTED && expires != null && now.isAfter(expires);
    }

    Restore requested(RestoreRequested e) {
        Restore restore = new Restore(
                id,
                stack,
                site,
                e.requestedBy(),
                e.reason(),
                state,
                askedAt,
                e.expires(),
                from == null ? e.fromRegion() : from,
                parts,
                endedAt,
                code,
                message,
                lacks);
        for (String component : e.components()) {
            restore = restore.part(component, restore.of(component));
        }
        return restore;
    }

    Restore after(RestoreEvent event, Instant at) {
        return switch (event) {
            case RestoreAccepted e -> accepted(e);
            case RestoreWaiting e -> waiting(e);
            case RestoreRefused e -> at(e.site()).ended(State.REFUSED, at, e.code(), e.message());
            case RestorePlanned e -> planned(e);
            case SafetySnapshotTaken e ->
                reached(State.RUNNING).part(e.component(), of(e.component()).safety(e.snapshot()));
            case ComponentRestored e ->
                reached(State.RUNNING).part(e.component(), of(e.component()).restored(e));
            case RestoreCompleted e ->
                backAre(e.components()).lacking(e.lacks()).ended(State.COMPLETED, at, null, null);
            case RestoreFailed e -> failed(e, at);
        };
    }

    Restore progressed(RestoreProgressed e) {
        return endedAt != null
                ? this
                : reached(State.RUNNING).part(e.component(), of(e.component()).progressed(e.files(), e.bytes()));
    }

    private Restore accepted(RestoreAccepted e) {
        return new Restore(
                        id,
                        stack,
                        e.site(),
                        e.requestedBy(),
                        e.reason(),
                        state,
                        askedAt,
                        expires,
                        from,
                        parts,
                        endedAt,
                        code,
                        message,
                        lacks)
                .reached(State.ACCEPTED);
    }

    /** Why it does not begin is told until it does. */
    private Restore waiting(RestoreWaiting e) {
        return state.compareTo(State.ACCEPTED) > 0
                ? this
                : at(e.site()).because(e.code(), e.message()).reached(State.ACCEPTED);
    }

    private Restore planned(RestorePlanned e) {
        Restore begun = endedAt == null ? because(null, null) : this;
        Restore restore = begun.at(e.site()).from(e.from()).reached(State.RUNNING);
        for (Step step : e.steps()) {
            restore =
                    restore.part(step.component(), restore.of(step.component()).planned(step));
        }
        return restore;
    }

    private Restore failed(RestoreFailed e, Instant at) {
        Restore restore = backAre(e.restored()).ended(State.FAILED, at, e.code(), e.message());
        return e.component() == null
                ? restore
                : restore.part(e.component(), restore.of(e.component()).stopped());
    }

    private Restore backAre(Iterable<String> components) {
        Restore restore = this;
        for (String component : components) {
            restore = restore.part(component, restore.of(component).back());
        }
        return restore;
    }

    private Part of(String component) {
        return parts.getOrDefault(component, Part.NONE);
    }

    private Restore at(String where) {
        return with(where, from, state, parts, endedAt, code, message, lacks);
    }

    private Restore from(String place) {
        return with(site, place, state, parts, endedAt, code, message, lacks);
    }

    private Restore because(@Nullable String why, @Nullable String text) {
        return with(site, from, state, parts, endedAt, why, text, lacks);
    }

    private Restore lacking(@Nullable String what) {
        return with(site, from, state, parts, endedAt, code, message, what);
    }

    private Restore part(String component, Part part) {
        var all = new TreeMap<>(parts);
        all.put(component, part);
        return with(site, from, state, all, endedAt, code, message, lacks);
    }

    private Restore reached(State next) {
        return with(site, from, next.compareTo(state) > 0 ? next : state, parts, endedAt, code, message, lacks);
    }

    private Restore ended(State end, Instant at, @Nullable String why, @Nullable String text) {
        return with(site, from, end, parts, at, why, text, lacks);
    }

    /** What was asked for stays; how far it is changes. */
    private Restore with(
            @Nullable String site,
            @Nullable String from,
            State state,
            SortedMap<String, Part> parts,
            @Nullable Instant endedAt,
            @Nullable String code,
            @Nullable String message,
            @Nullable String lacks) {
        return new Restore(
                id,
                stack,
                site,
                requestedBy,
                reason,
                state,
                askedAt,
                expires,
                from,
                parts,
                endedAt,
                code,
                message,
                lacks);
    }
}
