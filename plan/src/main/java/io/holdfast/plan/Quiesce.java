package io.holdfast.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must rest while a source is captured. Everything is always brought back to the state it was in.
 *
 * @param mode what happens to the source's own container and to {@code containers}
 * @param containers which rest beside the source's own; in a restore they are stopped whatever the mode is
 * @param units systemd units that are stopped
 * @param workloads Kubernetes workloads that are scaled to zero, as {@code namespace/kind/name}
 * @param before run before the capture, as an argument vector. Empty: none
 * @param after run after the capture, whether it succeeded or not. Empty: none
 * @param execLabel whose commands, told by labels of containers, run in these then too: of those with this value of the label
 *     {@code exec-label}. Null: no container's
 * @param onError what it means if one of these commands fails; null: {@link OnError#FAIL}
 * @param limit the longest that anything may rest; then it is brought back and the capture fails
 */
public record Quiesce(
        Mode mode,
        List<String> containers,
        List<String> units,
        List<String> workloads,
        List<String> before,
        List<String> after,
        @Nullable String execLabel,
        @Nullable OnError onError,
        Duration limit) {

    /** What a command means that fails. */
    public enum OnError {
        /** The backup fails; one that fails before anything rests keeps it from being taken. */
        FAIL,
        /** It is written to the log, and the backup counts. */
        CONTINUE
    }

    /** What happens to containers during a capture. */
    public enum Mode {
        /** They go on: a hot backup. */
        NONE,
        /** Their processes are frozen. */
        PAUSE,
        STOP
    }

    public static final Duration DEFAULT_LIMIT = Duration.ofMinutes(30);

    public static final Quiesce NONE =
            new Quiesce(Mode.NONE, List.of(), List.of(), List.of(), List.of(), List.of(), DEFAULT_LIMIT);

    public Quiesce {
        containers = List.copyOf(containers);
        units = List.copyOf(units);
        workloads = List.copyOf(workloads);
        before = List.copyOf(before);
        after = List.copyOf(after);
        Names.require(limit.isPositive(), "limit must be positive, was %s", limit);
    }

    /** One that runs no container's commands. */
    public Quiesce(
            Mode mode,
            List<String> containers,
            List<String> units,
            List<String> workloads,
            List<String> before,
            List<String> after,
            Duration limit) {
        this(mode, containers, units, workloads, before, after, null, null, limit);
    }
}
