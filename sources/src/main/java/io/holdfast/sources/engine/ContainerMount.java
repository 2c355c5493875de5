package io.holdfast.sources.engine;

/** What a container sees at a path. */
public sealed interface ContainerMount {

    /** Where the container sees it. */
    String destination();

    boolean isReadOnly();

    /** Whether {@code path} of the container is the destination or below it. */
    default boolean holds(String path) {
        return destination().equals("/") || path.equals(destination()) || path.startsWith(destination() + "/");
    }

    /** @param mountpoint where the engine's host keeps it; empty where a driver does not say */
    record OfVolume(String volume, String mountpoint, String destination, boolean isReadOnly)
            implements ContainerMount {}

    /** @param source on the engine's host */
    record OfHostPath(String source, String destination, boolean isReadOnly) implements ContainerMount {}

    /** In memory: gone when the container stops. */
    record InMemory(String destination, boolean isReadOnly) implements ContainerMount {}
}
