package io.holdfast.sources.docker;

import io.holdfast.sources.engine.ContainerId;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.engine.Helper;
import io.holdfast.sources.engine.HelperMount;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container that shows data at a path, for the engine's archive calls. One that has a process could change what the path
 * means while it is read, so what lies on a mount is reached through a container of our own that is never started.
 */
sealed interface Door {

    /** Absolute in that container. */
    String path();

    Opened open(DockerEngine engine) throws EngineException;

    /** @param end what closing means */
    record Opened(DockerEngine engine, ContainerId container, String path, Closeable end) implements Closeable {

        @Override
        public void close() throws IOException {
            end.close();
        }
    }

    /** The component's own container, running or not. */
    record Own(ContainerId container, String path) implements Door {

        @Override
        public Opened open(DockerEngine engine) {
            return new Opened(engine, container, path, () -> {});
        }
    }

    /**
     * A helper container.
     *
     * @param below the path within what is mounted; empty for all of it
     * @param instead who shows the same, for where no container may be created; null: nobody
     */
    record Mounted(
            String image,
            HelperMount mount,
            String below,
            @Nullable Own instead) implements Door {

        @Override
        public String path() {
            return mount.destination() + below;
        }

        @Override
        public Opened open(DockerEngine engine) throws EngineException {
            try {
                Helper helper = engine.createHelper(image, List.of(mount));
                return new Opened(engine, helper.id(), path(), helper);
            } catch (EngineException e) {
                if (e.reason() == EngineException.Reason.DENIED && instead != null && mount.isReadOnly()) {
                    return instead.open(engine);
                }
                throw e;
            }
        }
    }

    /**
     * What is there as a tar; closing that closes the door.
     *
     * @param suffix {@code /.} for what lies in a directory; empty for a file
     */
    default InputStream read(DockerEngine engine, String suffix) throws IOException {
        Opened opened = open(engine);
        try {
            InputStream tar = engine.readArchive(opened.container(), opened.path() + suffix);
            return new FilterInputStream(tar) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    return in.read(bytes, offset, length);
                }

                @Override
                public void close() throws IOException {
                    try (opened) {
                        in.close();
                    }
                }
            };
        } catch (IOException | RuntimeException e) {
            try (opened) {
                throw e;
            }
        }
    }
}
