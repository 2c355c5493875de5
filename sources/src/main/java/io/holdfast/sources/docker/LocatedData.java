package io.holdfast.sources.docker;

import io.holdfast.plan.DataLocation;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.engine.Container;
import io.holdfast.sources.engine.ContainerMount;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.engine.HelperMount;
import io.holdfast.sources.engine.Volume;
import io.holdfast.vault.tar.TarEntry;
import io.holdfast.vault.tar.TarLimits;
import io.holdfast.vault.tar.TarReader;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Data as they were found.
 *
 * @param users containers, running or not, of which the engine says that they can write to them
 */
record LocatedData(DataPlace place, List<Container> users) {

    enum Use {
        READ,
        WRITE
    }

    private static final String IN_HELPER = "/holdfast/data";

    LocatedData {
        users = List.copyOf(users);
    }

    static Optional<LocatedData> find(Docker docker, DataLocation location, @Nullable String container, Use use)
            throws IOException {
        return switch (location) {
            case DataLocation.Volume volume -> inVolume(docker, volume.name(), use);
            case DataLocation.Directory directory -> inDirectory(directory.path());
            case DataLocation.InContainer path -> {
                if (container == null) {
                    throw new IllegalArgumentException("a path in a container needs the container");
                }
                yield inContainer(docker, docker.container(container), path.path(), use);
            }
        };
    }

    private static Optional<LocatedData> inDirectory(Path directory) {
        return Files.isDirectory(directory)
                ? Optional.of(new LocatedData(new DirectoryOnHost(directory), List.of()))
                : Optional.empty();
    }

    private static Optional<LocatedData> inVolume(Docker docker, String name, Use use) throws IOException {
        Optional<Volume> volume = docker.volume(name);
        return volume.isEmpty() ? Optional.empty() : Optional.of(inVolume(docker, volume.get(), use));
    }

    private static LocatedData inVolume(Docker docker, Volume volume, Use use) throws IOException {
        List<Container> users = docker.users(volume.name());
        Optional<Path> directory = docker.directory(volume);
        DataPlace place = directory.isPresent()
                ? new DirectoryOnHost(directory.get())
                : new BehindDoor(docker.engine(), door(docker, volume, users, use), false);
        return new LocatedData(place, writers(users, volume.name()));
    }

    private static Door door(Docker docker, Volume volume, List<Container> users, Use use) throws IOException {
        var mount = new HelperMount.OfVolume(volume.name(), IN_HELPER, use == Use.READ);
        Door.Own instead = users.stream()
                .flatMap(user -> Docker.mountsOf(user, volume.name())
                        .map(ContainerMount.OfVolume::destination)
                        .filter(path -> isWhole(user, path))
                        .map(path -> new Door.Own(user.id(), path)))
                .findFirst()
                .orElse(null);
        return new Door.Mounted(image(docker, users, "volume " + volume.name()), mount, "", instead);
    }

    private static Optional<LocatedData> inContainer(Docker docker, Container own, String path, Use use)
            throws IOException {
        Optional<ContainerMount> mount = own.mountOf(path);
        if (mount.isPresent() && mount.get() instanceof ContainerMount.InMemory) {
            throw new SourceException(
                    "HF-Q13",
                    "%s in container %s lies in memory, where the engine reads nothing. Nothing was touched. Take it out of the plan, or keep it in a volume."
                            .formatted(path, own.name()));
        }
        if (mount.isPresent()
                && mount.get() instanceof ContainerMount.OfVolume of
                && of.destination().equals(path)) {
            return isWhole(own, path) ? inVolume(docker, of.volume(), use) : behind(docker, own, mount, path, use);
        }
        return behind(docker, own, mount, path, use);
    }

    private static Optional<LocatedData> behind(
            Docker docker, Container own, Optional<ContainerMount> mount, String path, Use use) throws IOException {
        var itself = new Door.Own(own.id(), path);
        Optional<NodeType> type = Explained.calling(Explained.NOT_TOUCHED, () -> type(docker, itself));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        if (type.get() != NodeType.DIR && type.get() != NodeType.FILE) {
            throw new SourceException(
                    "HF-Q13",
                    "%s in container %s is neither a directory nor a file, but a %s. Nothing was touched. Name the path that it leads to."
                            .formatted(path, own.name(), type.get().name().toLowerCase(Locale.ROOT)));
        }
        Door door = mount.isPresent() && isWhole(own, path) ? mounted(docker, own, mount.get(), itself, use) : itself;
        return Optional.of(
                new LocatedData(new BehindDoor(docker.engine(), door, type.get() == NodeType.FILE), List.of(own)));
    }

    private static Door mounted(Docker docker, Container own, ContainerMount mount, Door.Own itself, Use use)
            throws IOException {
        boolean readOnly = use == Use.READ;
        HelperMount same = switch (mount) {
            case ContainerMount.OfVolume volume -> new HelperMount.OfVolume(volume.volume(), IN_HELPER, readOnly);
            case ContainerMount.OfHostPath host -> new HelperMount.OfHostPath(host.source(), IN_HELPER, readOnly);
            case ContainerMount.InMemory _ -> throw new IllegalArgumentException("in memory");
        };
        String below = itself.path().substring(mount.destination().length());
        return new Door.Mounted(image(docker, List.of(own), itself.path()), same, below, itself);
    }

    /** Empty if nothing is there. */
    private static Optional<NodeType> type(Docker docker, Door.Own door) throws IOException {
        try (InputStream tar = door.read(docker.engine(), "")) {
            TarEntry entry = new TarReader(tar, TarLimits.STANDARD).next();
            return Optional.ofNullable(entry).map(it -> it.metadata().type());
        } catch (EngineException e) {
            if (e.reason() == EngineException.Reason.NO_SUCH_PATH) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether nothing else is mounted below a path. */
    private static boolean isWhole(Container container, String path) {
        return container.mounts().stream()
                .noneMatch(mount -> mount.destination().startsWith(path + "/"));
    }

    private static List<Container> writers(List<Container> users, String volume) {
        return users.stream()
                .filter(user -> Docker.mountsOf(user, volume).anyMatch(mount -> !mount.isReadOnly()))
                .toList();
    }

    private static String image(Docker docker, List<Container> users, String what) throws IOException {
        return docker.helperImage(users)
                .orElseThrow(() -> new SourceException(
                        "HF-Q18",
                        "No container has %s, so there is no image to reach it with. Nothing was touched; earlier snapshots are safe. Create its container, or set %s to an image that the engine has."
                                .formatted(what, Docker.HELPER_IMAGE)));
    }
}
