package io.holdfast.sources.docker;

import io.holdfast.plan.DataLocation;
import io.holdfast.plan.Quiesce;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Least;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.docker.LocatedData.Use;
import io.holdfast.sources.engine.Container;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data of a service where they lie: in a volume, in a directory of this host, at a path in a container. A source of its
 * own, and what a source for a certain kind of server is made of: that does what its server needs around the steps here.
 *
 * <p>Read and written directly where this process sees the directory, so that unchanged files are not read again; as a tar
 * through the engine everywhere else.
 */
public final class ServiceData implements ComponentSource {

    private final Docker docker;
    private final DataLocation location;
    private final @Nullable String container;
    private final Quiesce.Mode mode;
    private final Layout layout;
    private final @Nullable Long atLeast;

    ServiceData(Docker docker, DataLocation location, @Nullable String container, Quiesce.Mode mode, Layout layout) {
        this(docker, location, container, mode, layout, null);
    }

    private ServiceData(
            Docker docker,
            DataLocation location,
            @Nullable String container,
            Quiesce.Mode mode,
            Layout layout,
            @Nullable Long atLeast) {
        this.docker = docker;
        this.location = location;
        this.container = container;
        this.mode = mode;
        this.layout = layout;
        this.atLeast = atLeast;
    }

    /** The same data, of which a good backup holds so many bytes. Null: something; 0: they may be empty. */
    public ServiceData ofAtLeast(@Nullable Long bytes) {
        return new ServiceData(docker, location, container, mode, layout, bytes);
    }

    @Override
    public Capture capture() {
        return new DataCapture(this, mode);
    }

    @Override
    public WayBack wayBack() {
        return new DataWayBack(this);
    }

    @Override
    public Optional<WayBack> intoNewVolume(String volume, String restore) {
        return Optional.of(new IntoNewVolume(this, volume, restore));
    }

    /** The same as they would lie in a volume that no container has. */
    ServiceData in(String volume) throws IOException {
        return new ServiceData(docker.withImageOf(had()), new DataLocation.Volume(volume), null, mode, layout, atLeast);
    }

    /** Containers that have them or had, as far as they are there. */
    private List<Container> had() throws IOException {
        if (location instanceof DataLocation.Volume volume) {
            return docker.users(volume.name());
        }
        String name = container;
        return name == null
                ? List.of()
                : Explained.calling(Explained.NOT_TOUCHED, () -> docker.engine().container(name)).stream()
                        .toList();
    }

    @Override
    public Content salvage() throws IOException {
        Optional<LocatedData> found = find(Use.READ);
        boolean empty = found.isEmpty()
                || Explained.calling(
                        Explained.NOT_CAPTURED, () -> found.get().place().isEmpty());
        return empty ? content(List.of()) : content(found.get());
    }

    @Override
    public String byHand() {
        return switch (location) {
            case DataLocation.Volume volume ->
                "Stop its containers, empty volume %s, and copy what is in DIRECTORY%s into it, with owners, modes and times: docker run --rm -v %s:/to -v DIRECTORY%s:/from:ro IMAGE cp -a /from/. /to"
                        .formatted(volume.name(), layout.at(), volume.name(), layout.at());
            case DataLocation.Directory directory ->
                "Copy what is in DIRECTORY%s to %s, with owners, modes and times (cp -a)."
                        .formatted(layout.at(), directory.path());
            case DataLocation.InContainer path ->
                "Stop container %s, and copy DIRECTORY%s to %s in it, with owners (docker cp -a)."
                        .formatted(container, layout.at(), path.path());
        };
    }

    /** What it is, for an operator. */
    String title() {
        return switch (location) {
            case DataLocation.Volume volume -> "volume " + volume.name();
            case DataLocation.Directory directory -> directory.path().toString();
            case DataLocation.InContainer path -> "%s in container %s".formatted(path.path(), container);
        };
    }

    Layout layout() {
        return layout;
    }

    Docker docker() {
        return docker;
    }

    /** Empty if it is not there. */
    Optional<LocatedData> find(Use use) throws IOException {
        return LocatedData.find(docker, location, container, use);
    }

    /** The service's own container, and those that can write to its data; running or not. */
    List<Container> users(LocatedData found) throws IOException {
        if (container == null) {
            return found.users();
        }
        Container own = docker.container(container);
        return Stream.concat(
                        Stream.of(own),
                        found.users().stream().filter(user -> !user.id().equals(own.id())))
                .toList();
    }

    /** Makes what is missing, where an empty one can be made. */
    void make() throws IOException {
        if (location instanceof DataLocation.Volume volume) {
            Explained.calling(Explained.NOT_TOUCHED, () -> docker.engine().createVolume(volume.name(), Map.of()));
        }
    }

    SourceException missing() {
        return switch (location) {
            case DataLocation.Volume volume ->
                new SourceException(
                        "HF-Q12",
                        "There is no volume '%s'. Nothing was touched; earlier snapshots are safe. Correct its name in the plan, or start its stack."
                                .formatted(volume.name()));
            case DataLocation.Directory directory ->
                new SourceException(
                        "HF-Q02",
                        "%s does not exist. Nothing was touched; earlier snapshots are safe. Mount or create it, or correct the plan."
                                .formatted(directory.path()));
            case DataLocation.InContainer path ->
                new SourceException(
                        "HF-Q13",
                        "There is no %s in container %s. Nothing was touched; earlier snapshots are safe. Correct the path in the plan."
                                .formatted(path.path(), container));
        };
    }

    /** What of it a good backup holds. */
    Least least() {
        return Least.of(title(), atLeast);
    }

    Content content(LocatedData found) {
        return content(List.of(found.place().root(layout.at())));
    }

    private Content content(List<Root> roots) {
        return new Content(roots, layout.excludes());
    }
}
