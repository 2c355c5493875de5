package io.holdfast.sources.quiesce;

import io.holdfast.plan.Quiesce;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to rest, and what for. It rests in this order: workloads, units, containers; in each as listed; and comes back in
 * the reverse order.
 *
 * @param subject whose capture or restore it is, such as {@code stack/component}; a restore is known again by it
 * @param before run before anything rests; empty: nothing
 * @param after run when everything is back; empty: nothing
 * @param limit the longest that anything may rest for a capture; a restore has none
 */
public record ToRest(
        Purpose purpose,
        String subject,
        List<String> workloads,
        List<String> units,
        List<String> containers,
        List<String> before,
        List<String> after,
        Duration limit) {

    public ToRest {
        workloads = List.copyOf(workloads);
        units = List.copyOf(units);
        containers = List.copyOf(containers);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * For a capture: what the plan names, and the source's own containers last, so that what depends on them ends first.
     *
     * @param own as {@link io.holdfast.sources.component.Capture#inspect} names them
     */
    public static ToRest forCapture(String subject, Quiesce quiesce, List<String> own) {
        return new ToRest(
                quiesce.mode() == Quiesce.Mode.STOP ? Purpose.CAPTURE_STOPPED : Purpose.CAPTURE_PAUSED,
                subject,
                quiesce.workloads(),
                quiesce.units(),
                quiesce.mode() == Quiesce.Mode.NONE ? List.of() : together(quiesce.containers(), own),
                quiesce.before(),
                quiesce.after(),
                quiesce.limit());
    }

    /**
     * For a restore: the same things, all stopped, without the hooks of the capture.
     *
     * @param own as {@link io.holdfast.sources.component.WayBack#containers} names them
     */
    public static ToRest forRestore(String subject, Quiesce quiesce, List<String> own) {
        return new ToRest(
                Purpose.RESTORE,
                subject,
                quiesce.workloads(),
                quiesce.units(),
                together(quiesce.containers(), own),
                List.of(),
                List.of(),
                quiesce.limit());
    }

    private static List<String> together(List<String> planned, List<String> own) {
        return Stream.concat(planned.stream().filter(name -> !own.contains(name)), own.stream())
                .distinct()
                .toList();
    }

    /** Whether nothing rests and no hook runs. */
    public boolean isNothing() {
        return workloads.isEmpty() && units.isEmpty() && containers.isEmpty() && before.isEmpty() && after.isEmpty();
    }
}
