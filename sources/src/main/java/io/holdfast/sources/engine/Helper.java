package io.holdfast.sources.engine;

import java.io.Closeable;

/**
 * A container of our own, with mounts and without a network. Until something is run in it, it has no process, and is a door
 * to its mounts all the same: {@link DockerEngine#readArchive} and {@link DockerEngine#writeArchive} reach into volumes
 * through it. Closing removes it, with what its image brought of anonymous volumes; never a named volume.
 */
public final class Helper implements Closeable {

    private final DockerEngine engine;
    private final ContainerId id;

    Helper(DockerEngine engine, ContainerId id) {
        this.engine = engine;
        this.id = id;
    }

    public ContainerId id() {
        return id;
    }

    /** Removes the container, running or not. */
    @Override
    public void close() throws EngineException {
        Uninterrupted.run(() -> engine.removeHelper(id));
    }
}
