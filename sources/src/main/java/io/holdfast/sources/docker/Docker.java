package io.holdfast.sources.docker;

import io.holdfast.plan.DataLocation;
import io.holdfast.plan.Quiesce;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.Container;
import io.holdfast.sources.engine.ContainerId;
import io.holdfast.sources.engine.ContainerMount;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.engine.OwnContainer;
import io.holdfast.sources.engine.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Docker engine of a site, as the kinds of sources use it. */
public final class Docker {

    /** The variable with an image of the engine for helper containers; it needs {@code rm}, and nothing is pulled. */
    public static final String HELPER_IMAGE = "HOLDFAST_HELPER_IMAGE";

    private static final String PROBE = "holdfast-probe-";

    private final DockerEngine engine;
    private final @Nullable String helperImage;
    private final @Nullable ContainerId own;
    private final boolean looksForDirectories;

    public Docker(Host host) {
        this(
                host.docker(),
                host.environment().apply(HELPER_IMAGE),
                OwnContainer.id().orElse(null),
                true);
    }

    /**
     * Creates one.
     *
     * @param own the container that this process runs in; null if in none
     * @param looksForDirectories whether volumes are read directly where this process sees them
     */
    Docker(DockerEngine engine, @Nullable String helperImage, @Nullable ContainerId own, boolean looksForDirectories) {
        this.engine = engine;
        this.helperImage = helperImage == null || helperImage.isBlank() ? null : helperImage;
        this.own = own;
        this.looksForDirectories = looksForDirectories;
    }

    public DockerEngine engine() {
        return engine;
    }

    /**
     * The data of a service where they lie.
     *
     * @param container the service's own; null if it has none
     * @param mode what happens to the containers during a capture
     * @param excludes patterns of what is neither captured nor replaced
     * @param at the component's place in its snapshots
     * @param directory where the data stand below that: {@code /data}
     */
    public ServiceData data(
            DataLocation location,
            @Nullable String container,
            Quiesce.Mode mode,
            List<String> excludes,
            String at,
            String directory) {
        return new ServiceData(this, location, container, mode, new Layout(at, directory, excludes));
    }

    /**
     * The container that the plan names.
     *
     * @throws SourceException HF-Q11 if there is none
     */
    public Container container(String named) throws IOException {
        return Explained.calling(
                Explained.NOT_TOUCHED,
                () -> engine.container(named)
                        .orElseThrow(() -> new SourceException(
                                "HF-Q11",
                                "There is no container '%s'. Nothing was touched; earlier snapshots are safe. Correct its name in the plan, or start its stack: it may have been renamed or removed."
                                        .formatted(named))));
    }

    Optional<Volume> volume(String name) throws IOException {
        return Explained.calling(Explained.NOT_TOUCHED, () -> engine.volume(name));
    }

    /** Containers, running or not, that have the volume; no helpers. */
    List<Container> users(String volume) throws IOException {
        return Explained.calling(Explained.NOT_TOUCHED, () -> engine.containersOf(volume)).stream()
                .filter(container -> container.label(DockerEngine.HELPER_LABEL).isEmpty())
                .filter(container -> mountsOf(container, volume).findAny().isPresent())
                .toList();
    }

    static Stream<ContainerMount.OfVolume> mountsOf(Container container, String volume) {
        return container.mounts().stream()
                .filter(ContainerMount.OfVolume.class::isInstance)
                .map(ContainerMount.OfVolume.class::cast)
                .filter(mount -> mount.volume().equals(volume));
    }

    /**
     * An image for a helper container that is to see what these containers see: the one that is set, else theirs, else that
     * of the container in which this process runs.
     */
    Optional<String> helperImage(List<Container> users) throws IOException {
        Optional<String> image = Optional.ofNullable(helperImage)
                .or(() -> users.stream().findFirst().map(Container::imageId));
        return image.isPresent() || own == null
                ? image
                : Explained.calling(Explained.NOT_TOUCHED, () -> engine.container(own))
                        .map(Container::imageId);
    }

    /** The same, which reaches with an image of these containers what no container has. */
    Docker withImageOf(List<Container> containers) throws IOException {
        return new Docker(engine, helperImage(containers).orElse(null), own, looksForDirectories);
    }

    /**
     * The directory in which a volume's data lie, if this process sees it. That a directory of that name is there proves
     * nothing: it may be another engine's. So the engine is asked for a volume of a name that nobody can know, and that must
     * appear beside it.
     */
    Optional<Path> directory(Volume volume) throws IOException {
        Path directory = Path.of(volume.mountpoint());
        boolean plain = volume.driver().equals("local") && volume.options().isEmpty();
        if (!looksForDirectories || !plain || !directory.isAbsolute() || !isReadable(directory)) {
            return Optional.empty();
        }
        try {
            return sameEngine(volume, directory) ? Optional.of(directory) : Optional.empty();
        } catch (EngineException e) {
            if (e.reason() == EngineException.Reason.INTERRUPTED) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static boolean isReadable(Path directory) {
        return Files.isDirectory(directory)
                && Files.isReadable(directory)
                && Files.isWritable(directory)
                && Files.isExecutable(directory);
    }

    private boolean sameEngine(Volume volume, Path directory) throws EngineException {
        String name = PROBE + UUID.randomUUID();
        Volume probe = engine.createVolume(name, Map.of(DockerEngine.HELPER_LABEL, "true"));
        try {
            Path here = Path.of(probe.mountpoint());
            return Files.isDirectory(here)
                    && directory.toString().replace(volume.name(), name).equals(here.toString());
        } finally {
            engine.removeVolume(name);
        }
    }
}
