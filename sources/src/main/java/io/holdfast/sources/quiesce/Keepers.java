package io.holdfast.sources.quiesce;

import io.holdfast.sources.quiesce.Resting.OfContainer;
import io.holdfast.sources.quiesce.Resting.OfUnit;
import io.holdfast.sources.quiesce.Resting.OfWorkload;
import io.holdfast.sources.quiesce.ToRest.OfContainers;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keepers of all kinds. */
record Keepers(Containers containers, Units units, Workloads workloads) {

    /**
     * What was found of something that is to rest.
     *
     * @param last whether it rests when everything else does
     */
    record Seen(Resting thing, Purpose purpose, boolean last) {}

    /** Looks at everything that is to rest, in that order, and touches nothing. */
    List<Seen> look(ToRest wanted) throws IOException {
        Map<String, Seen> seen = new LinkedHashMap<>();
        for (String workload : wanted.workloads()) {
            add(seen, new Seen(workloads.look(workload, wanted.purpose()), wanted.purpose(), false));
        }
        for (String inPlan : wanted.units()) {
            for (String unit : units.chosen(inPlan)) {
                add(seen, new Seen(units.look(unit, wanted.purpose()), wanted.purpose(), false));
            }
        }
        for (OfContainers some : wanted.containers()) {
            lookAt(some, false, seen);
        }
        for (OfContainers some : wanted.last()) {
            lookAt(some, true, seen);
        }
        return List.copyOf(seen.values());
    }

    private void lookAt(OfContainers some, boolean last, Map<String, Seen> seen) throws IOException {
        for (String name : containers.chosen(some.inPlan())) {
            add(seen, new Seen(containers.look(name, some.purpose()), some.purpose(), last));
        }
    }

    /** Once only: as late as it may rest, and in the stronger of two ways. */
    private void add(Map<String, Seen> all, Seen seen) throws IOException {
        Seen before = all.get(seen.thing().key());
        if (before == null) {
            all.put(seen.thing().key(), seen);
        } else if (!before.last() && seen.last()) {
            all.remove(seen.thing().key());
            all.put(seen.thing().key(), seenFor(before.purpose(), seen));
        } else {
            all.put(seen.thing().key(), seenFor(seen.purpose(), before));
        }
    }

    private Seen seenFor(Purpose purpose, Seen seen) throws IOException {
        Purpose stronger = seen.purpose().stronger(purpose);
        return stronger == seen.purpose() ? seen : new Seen(lookAgain(seen.thing(), stronger), stronger, seen.last());
    }

    /** Looks at the very same thing once more. */
    Resting lookAgain(Seen seen) throws IOException {
        return lookAgain(seen.thing(), seen.purpose());
    }

    private Resting lookAgain(Resting thing, Purpose purpose) throws IOException {
        return switch (thing) {
            case OfContainer container -> containers.look(containers.handle(container), purpose);
            case OfUnit unit -> units.look(units.handle(unit), purpose);
            case OfWorkload workload -> workloads.look(workloads.handle(workload), purpose);
        };
    }

    void rest(Resting thing) throws IOException {
        switch (thing) {
            case OfContainer container -> containers.rest(container);
            case OfUnit unit -> units.rest(unit);
            case OfWorkload workload -> workloads.rest(workload);
        }
    }

    /**
     * Waits until something does not stop any more that may have been asked to before.
     *
     * @param since when that was at the latest, as {@link System#nanoTime} counts
     */
    void awaitStop(Resting thing, long since) throws IOException, InterruptedException {
        switch (thing) {
            case OfContainer container -> containers.awaitStop(container, since);
            case OfUnit unit -> units.awaitStop(unit, since);
            case OfWorkload _ -> {}
        }
    }

    Optional<String> bringBack(Resting thing, boolean touch) throws IOException {
        return switch (thing) {
            case OfContainer container -> containers.bringBack(container, touch);
            case OfUnit unit -> units.bringBack(unit, touch);
            case OfWorkload workload -> workloads.bringBack(workload, touch);
        };
    }
}
