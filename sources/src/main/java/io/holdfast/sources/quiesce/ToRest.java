package io.holdfast.sources.quiesce;

import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Quiesce.OnError;
import io.holdfast.sources.quiesce.LabelledCommands.Phase;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to rest, and what for. It rests in this order: workloads, units, containers, those that rest last; in each as
 * listed; and comes back in the reverse order. What is named twice rests once, in the stronger of the two ways.
 *
 * @param subjects whose capture or restore it is, such as {@code stack/component}; a restore has one, and is known again by
 *     it
 * @param last containers of sources that have to be awake until everything else rests
 * @param before commands that run before anything rests, one after another
 * @param after commands that run when everything is back, one after another
 * @param limit the longest that anything may rest for a capture; a restore has none
 */
public record ToRest(
        Purpose purpose,
        List<String> subjects,
        List<String> workloads,
        List<String> units,
        List<OfContainers> containers,
        List<OfContainers> last,
        List<Hook> before,
        List<Hook> after,
        Duration limit) {

    /**
     * Containers, and how they rest.
     *
     * @param inPlan a name, or what the plan chooses several by
     */
    public record OfContainers(String inPlan, Purpose purpose) {}

    public ToRest {
        subjects = List.copyOf(subjects);
        workloads = List.copyOf(workloads);
        units = List.copyOf(units);
        containers = List.copyOf(containers);
        last = List.copyOf(last);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /**
     * For a capture: what the plan names, and then the source's own containers, so that what depends on them ends first.
     *
     * @param own as {@link io.holdfast.sources.component.Capture#inspect} names them
     */
    public static ToRest forCapture(String subject, Quiesce quiesce, List<String> own) {
        Purpose purpose = quiesce.mode() == Quiesce.Mode.STOP ? Purpose.CAPTURE_STOPPED : Purpose.CAPTURE_PAUSED;
        return new ToRest(
                purpose,
                List.of(subject),
                quiesce.workloads(),
                quiesce.units(),
                quiesce.mode() == Quiesce.Mode.NONE ? List.of() : all(quiesce.containers(), own, purpose),
                List.of(),
                joined(hook(quiesce, quiesce.before()), ofLabels(quiesce, Phase.BEFORE)),
                joined(ofLabels(quiesce, Phase.AFTER), hook(quiesce, quiesce.after())),
                quiesce.limit());
    }

    /** As {@link #forCapture(String, Quiesce, List)}, of a source whose own containers must be awake until the rest rests. */
    public static ToRest forCaptureAwake(String subject, Quiesce quiesce, List<String> own) {
        ToRest others = forCapture(subject, quiesce, List.of());
        return new ToRest(
                others.purpose,
                others.subjects,
                others.workloads,
                others.units,
                others.containers,
                quiesce.mode() == Quiesce.Mode.NONE ? List.of() : all(List.of(), own, others.purpose),
                others.before,
                others.after,
                others.limit);
    }

    /**
     * For a restore: the same things, all stopped, without the hooks of the capture.
     *
     * @param own as {@link io.holdfast.sources.component.WayBack#containers} names them
     */
    public static ToRest forRestore(String subject, Quiesce quiesce, List<String> own) {
        return new ToRest(
                Purpose.RESTORE,
                List.of(subject),
                quiesce.workloads(),
                quiesce.units(),
                all(quiesce.containers(), own, Purpose.RESTORE),
                List.of(),
                List.of(),
                List.of(),
                quiesce.limit());
    }

    /**
     * This and another capture in one. The commands afterwards run in the reverse order of those before, and one that both
     * name runs once. Of the limits the shorter one holds: nothing rests for longer than it may.
     */
    public ToRest and(ToRest other) {
        return new ToRest(
                purpose.stronger(other.purpose),
                joined(subjects, other.subjects),
                joined(workloads, other.workloads),
                joined(units, other.units),
                joined(containers, other.containers),
                joined(last, other.last),
                joined(before, other.before),
                joined(other.after, after),
                other.isNothing() || (!isNothing() && limit.compareTo(other.limit) < 0) ? limit : other.limit);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    private static List<OfContainers> all(List<String> planned, List<String> own, Purpose purpose) {
        return Stream.concat(planned.stream().filter(name -> !own.contains(name)), own.stream())
                .map(inPlan -> new OfContainers(inPlan, purpose))
                .toList();
    }

    private static List<Hook> hook(Quiesce quiesce, List<String> argv) {
        return argv.isEmpty() ? List.of() : List.of(new Hook(argv, quiesce.onError() == OnError.CONTINUE));
    }

    private static List<Hook> ofLabels(Quiesce quiesce, Phase phase) {
        String execLabel = quiesce.execLabel();
        return hook(quiesce, execLabel == null ? List.of() : LabelledCommands.hook(execLabel, phase));
    }

    /** For an operator. */
    String subject() {
        return String.join(", ", subjects);
    }

    /** Whether nothing rests and no hook runs. */
    public boolean isNothing() {
        return last.isEmpty() && isOnlyLast();
    }

    /** Whether nothing rests before the last, and no hook runs. */
    boolean isOnlyLast() {
        return workloads.isEmpty() && units.isEmpty() && containers.isEmpty() && before.isEmpty() && after.isEmpty();
    }
}
