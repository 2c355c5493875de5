package io.holdfast.sources.quiesce;

import io.holdfast.sources.quiesce.Resting.OfContainer;
import io.holdfast.sources.quiesce.Resting.OfUnit;
import io.holdfast.sources.quiesce.Resting.OfWorkload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keepers of all kinds. */
record Keepers(Containers containers, Units units, Workloads workloads) {

    /** Looks at everything that is to rest, in that order, and touches nothing. */
    List<Resting> look(ToRest wanted) throws IOException {
        List<Resting> found = new ArrayList<>();
        for (String workload : wanted.workloads()) {
            found.add(workloads.look(workload, wanted.purpose()));
        }
        for (String unit : wanted.units()) {
            found.add(units.look(unit, wanted.purpose()));
        }
        for (String inPlan : wanted.containers()) {
            for (String container : containers.chosen(inPlan)) {
                found.add(containers.look(container, wanted.purpose()));
            }
        }
        return found.stream().distinct().toList();
    }

    /** Looks at the very same thing once more. */
    Resting lookAgain(Resting thing, Purpose purpose) throws IOException {
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
            case OfUnit _, OfWorkload _ -> {}
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
