package io.holdfast.sources.quiesce;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What brackets ask of a Docker engine. Each call has taken effect when it returns; one that throws may have. */
public interface ContainerEngine {

    /** What a container does. */
    enum State {
        RUNNING,
        PAUSED,
        /** Exited, or never started. */
        OFF,
        RESTARTING,
        /** Being removed, or broken. */
        GOING
    }

    /**
     * A container as it is found.
     *
     * @param id which never comes again
     * @param startedAt the beginning of its last run; null if it never ran
     * @param goesWhenStopped whether the engine removes it as soon as it ends
     */
    record Found(
            String id,
            String name,
            State state,
            boolean unhealthy,
            @Nullable String startedAt,
            boolean goesWhenStopped) {}

    /** The container of exactly this name or full id. */
    Optional<Found> find(String nameOrId) throws IOException;

    /** The names of the containers that the plan means: of several where it chooses them by a label. */
    default List<String> chosen(String inPlan) throws IOException {
        return List.of(inPlan);
    }

    void pause(String id) throws IOException;

    void unpause(String id) throws IOException;

    /**
     * Lets the processes of a paused container go on past an engine that does not answer about it. The engine believes
     * it to be paused still, so {@link #unpause} comes afterwards.
     *
     * @return whether that could be done
     */
    default boolean thaw(String id) throws IOException {
        return false;
    }

    /** Stops it with the patience that its own settings ask for. */
    void stop(String id) throws IOException;

    void start(String id) throws IOException;

    /** How long after {@link #stop} was asked it may still run. */
    default Duration stopsWithin(String id) throws IOException {
        return Duration.ZERO;
    }
}
