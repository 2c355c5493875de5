package io.holdfast.sources.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container as it was when it was looked at.
 *
 * @param name without the slash in front
 * @param image as it was asked for: name and tag
 * @param imageId {@code sha256:…}
 * @param startedAt when it last started; null if never
 * @param finishedAt when it last ended; null if never
 * @param exitCode of its last end; 0 before
 * @param autoRemove whether the engine removes it as soon as it ends
 * @param stopGrace how long after it was asked to end it is killed, by its own settings
 * @param user whom its processes run as; empty for the image's root
 * @param environment may hold secrets, so {@link #toString} shows names only
 * @param addresses IP address by network, for networks where it has one
 */
public record Container(
        ContainerId id,
        String name,
        String image,
        String imageId,
        Map<String, String> labels,
        State state,
        Health health,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int exitCode,
        String user,
        RestartPolicy restartPolicy,
        boolean autoRemove,
        Duration stopGrace,
        List<ContainerMount> mounts,
        Map<String, String> environment,
        Map<String, String> addresses) {

    public enum State {
        CREATED,
        RUNNING,
        PAUSED,
        RESTARTING,
        EXITED,
        DEAD,
        REMOVING
    }

    public enum Health {
        /** It has no health check. */
        NONE,
        STARTING,
        HEALTHY,
        UNHEALTHY
    }

    public enum RestartPolicy {
        NO,
        ALWAYS,
        UNLESS_STOPPED,
        ON_FAILURE
    }

    public Container {
        labels = Map.copyOf(labels);
        mounts = List.copyOf(mounts);
        environment = Map.copyOf(environment);
        addresses = Map.copyOf(addresses);
    }

    public boolean isRunning() {
        return state == State.RUNNING;
    }

    public Optional<String> label(String key) {
        return Optional.ofNullable(labels.get(key));
    }

    /** What {@code path} of the container lies on: the mount with the longest destination above it or at it. */
    public Optional<ContainerMount> mountOf(String path) {
        return mounts.stream()
                .filter(mount -> mount.holds(path))
                .max((a, b) -> Integer.compare(
                        a.destination().length(), b.destination().length()));
    }

    @Override
    public String toString() {
        return "Container[%s, id=%s, image=%s, %s, health=%s, mounts=%s, environment=%s]"
                .formatted(
                        name,
                        id,
                        image,
                        state,
                        health,
                        mounts,
                        environment.keySet().stream().sorted().toList());
    }
}
