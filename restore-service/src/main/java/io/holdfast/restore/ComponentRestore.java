package io.holdfast.restore;

import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreEvent.ComponentRestored;
import io.holdfast.events.RestoreEvent.SafetySnapshotTaken;
import io.holdfast.events.SnapshotRef;
import io.holdfast.restore.SafetySnapshot.Kept;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.VaultFiles;
import io.holdfast.sources.quiesce.Bracket;
import io.holdfast.sources.quiesce.ToRest;
import io.holdfast.vault.Vault;
import io.holdfast.vault.restore.Altered;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One component put back. In its place its present state is kept first, and it is marked for as long as it may be half
 * restored; into another place neither.
 */
final class ComponentRestore {

    private final RestoreTools tools;
    private final RestoreRequested request;
    private final RestorePlan.ComponentStep step;
    private final String correlation;
    private final boolean inPlace;
    private @Nullable SnapshotRef before;
    private Optional<String> notKept = Optional.empty();
    private boolean touching;

    ComponentRestore(RestoreTools tools, RestoreRequested request, RestorePlan.ComponentStep step, String correlation) {
        this.tools = tools;
        this.request = request;
        this.step = step;
        this.correlation = correlation;
        this.inPlace = request.elsewhere().isEmpty();
    }

    String name() {
        return step.component().component();
    }

    void from(Vault vault) throws IOException, InterruptedException {
        var files = new VaultFiles(
                vault,
                step.held().snapshot().id(),
                "/" + step.component(),
                step.held().isSalvaged(),
                new RestoreProgress(tools.announcer(), request, step.component()));
        step.wayBack().prepare(files);
        if (step.present() != null) {
            keepPresentState(step.present());
        }
        putBack(files);
        touching = false;
    }

    private void keepPresentState(ComponentSource present) throws IOException {
        Optional<Kept> kept = tools.safety().take(request.restore(), step.component(), present);
        notKept = kept.flatMap(Kept::lack);
        before = kept.map(it -> new SnapshotRef(it.snapshot().id().toString())).orElse(null);
        if (before != null) {
            var taken = new SafetySnapshotTaken(request.restore(), request.stack(), name(), before);
            tools.announcer().announce(taken, correlation);
        }
    }

    private void putBack(SnapshotFiles files) throws IOException, InterruptedException {
        Bracket bracket = tools.brackets()
                .open(ToRest.forRestore(
                        step.component().toString(),
                        step.quiesce(),
                        step.wayBack().containers()));
        touching = true;
        if (inPlace) {
            before = tools.restoreMarks()
                    .begin(step.component(), request.restore(), before)
                    .before();
        }
        // Not closed whatever happens: what is half restored is not started.
        Restored put = step.wayBack().put(files);
        bracket.close();
        step.wayBack().finish(files);
        step.wayBack().validate(files);
        if (inPlace) {
            tools.restoreMarks().done(step.component());
        }
        var restored = new ComponentRestored(
                request.restore(),
                request.stack(),
                name(),
                new SnapshotRef(step.held().snapshot().id().toString()),
                put.written(),
                put.unchanged(),
                put.deleted(),
                put.bytes(),
                Lacks.of(step.held(), step.wayBack().addedSince(files)).orElse(null),
                Stream.of(notKept, altered(put.altered()))
                        .flatMap(Optional::stream)
                        .reduce("%s %s"::formatted)
                        .orElse(null));
        tools.announcer().announce(restored, correlation);
    }

    private static Optional<String> altered(Altered altered) {
        return Stream.of(
                        altered.ofOthers()
                                .map(
                                        "%s, since the restore service does not run as root. What they hold is whole. chown them by hand, or let the service run as root and restore again."
                                                ::formatted),
                        altered.withoutRights()
                                .map(
                                        "%s: a restore lends no rights. What they hold is whole. Where you trust them, give these back by hand."
                                                ::formatted),
                        altered.withoutDevices()
                                .map(
                                        "%s: a restore makes none. Everything else is back. Make them by hand, or with: holdfast vault restore --devices"
                                                ::formatted))
                .flatMap(Optional::stream)
                .reduce("%s %s"::formatted)
                .map("HF-R18 "::concat);
    }

    /** What to tell of a component that was touched and not put back whole; empty of any other. */
    Optional<String> left() {
        if (!touching) {
            return Optional.empty();
        }
        return Optional.of(request.elsewhere()
                .map("The component itself was not touched; what lies in %s may be a part of it."::formatted)
                .orElseGet(() ->
                        "The component %s may be half restored; do not use it. Nothing backs it up before a restore of it has completed.%s"
                                .formatted(name(), wayBack())));
    }

    private String wayBack() {
        return before == null
                ? ""
                : " The state before it is kept; put it back with: holdfast restore %s --reason \"undo\""
                        .formatted(before.shortForm());
    }
}
