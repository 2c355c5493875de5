package io.holdfast.restore;

import io.holdfast.events.ComponentId;
import io.holdfast.events.PlanRecord.ComponentPlanned;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreEvent.Step;
import io.holdfast.events.SnapshotRef;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.site.SitePlan;
import io.holdfast.sources.Sources;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.IntoDirectory;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a restore, made before anything is touched. */
record RestorePlan(List<ComponentStep> steps) {

    /**
     * One component to put back: what, from which snapshot, and how.
     *
     * @param present what its present state is kept from first; null where it goes elsewhere
     * @param quiesce what rests beside its own containers
     */
    record ComponentStep(
            ComponentId component, Held held, @Nullable ComponentSource present, WayBack wayBack, Quiesce quiesce) {

        Step announced() {
            return new Step(
                    component.component(),
                    new SnapshotRef(held.snapshot().id().toString()),
                    held.snapshot().time(),
                    wayBack.target());
        }
    }

    /** Makes the steps for the chosen snapshots. What goes into a directory need not be in the plan. */
    static RestorePlan of(RestoreRequested request, List<Held> chosen, SitePlan plan, Sources sources, KeepOut keepOut)
            throws RestoreRefusal, SourceException {
        String named = request.targetDirectory();
        Path directory = named == null ? null : TargetDirectory.of(named);
        requireOneFor(request.targetVolume(), chosen);
        var steps = new ArrayList<ComponentStep>();
        for (Held held : chosen) {
            ComponentStep step = directory == null || request.targetVolume() != null
                    ? asPlanned(held, request, plan, sources)
                    : into(directory, held);
            keepOut.check(step.wayBack());
            steps.add(step);
        }
        return new RestorePlan(steps);
    }

    private static ComponentStep into(Path directory, Held held) {
        return elsewhere(held, new IntoDirectory(directory.resolve(held.component())));
    }

    private static ComponentStep elsewhere(Held held, WayBack wayBack) {
        return new ComponentStep(held.tags().component(), held, null, wayBack, Quiesce.NONE);
    }

    private static ComponentStep asPlanned(Held held, RestoreRequested request, SitePlan plan, Sources sources)
            throws RestoreRefusal {
        ComponentId component = held.tags().component();
        ComponentPlanned planned = plan.component(component).orElseThrow(() -> noPlaceOf(held));
        Source described = Source.fromJson(planned.source());
        ComponentSource source = sources.of(described, "/" + component);
        String volume = request.targetVolume();
        return volume == null
                ? new ComponentStep(component, held, source, source.wayBack(), described.quiesce())
                : elsewhere(held, intoNewVolume(source, volume, request));
    }

    private static RestoreRefusal noPlaceOf(Held held) {
        ComponentId component = held.tags().component();
        String snapshot = held.snapshot().id().shortForm();
        return new RestoreRefusal(
                "HF-R05",
                "The plan no longer has the component %s, so its place is not known. Nothing was touched. Restore it into a directory with: holdfast restore %s --stack %s --to DIR --reason TEXT. Or add it to the plan again, or restore snapshot %s with: holdfast vault restore"
                        .formatted(component, snapshot, component.stack(), snapshot));
    }

    private static void requireOneFor(@Nullable String volume, List<Held> chosen) throws RestoreRefusal {
        if (volume != null && chosen.size() != 1) {
            throw new RestoreRefusal(
                    "HF-R10",
                    "Cannot restore %d components into volume '%s': it takes the data of one. Nothing was touched. Name the one, or restore into a directory."
                            .formatted(chosen.size(), volume));
        }
    }

    private static WayBack intoNewVolume(ComponentSource source, String volume, RestoreRequested request)
            throws RestoreRefusal {
        return source.intoNewVolume(volume, request.restore().value())
                .orElseThrow(() -> new RestoreRefusal(
                        "HF-R10",
                        "Cannot restore into volume '%s': what is asked for is not the content of one directory. Nothing was touched. Restore it into a directory."
                                .formatted(volume)));
    }
}
