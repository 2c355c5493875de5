package io.holdfast.sources.quiesce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an engine pauses containers with, past the engine: the freezer of cgroups v1, where this process may write to that of
 * the engine's host. For an engine that does not answer about a container, because something was executed in it in the very
 * moment in which it was paused.
 */
final class Freezer {

    private static final String FROZEN = "FROZEN";
    private static final String THAWED = "THAWED";

    private final Path root;

    /** @param root where the freezer is mounted */
    Freezer(Path root) {
        this.root = root;
    }

    static Freezer ofThisHost() {
        return new Freezer(Path.of("/sys/fs/cgroup/freezer"));
    }

    /**
     * Lets a container's processes go on, of which its engine knows nothing.
     *
     * @return whether they were frozen here, or about to be: {@code FREEZING} it is called until the last of them rests
     */
    boolean thaw(String container) throws IOException {
        return turn(container, state -> !state.equals(THAWED), THAWED);
    }

    /**
     * Freezes again what was thawed, so that its engine, which believes it to be paused, can let it go on.
     *
     * @return whether it was thawed here
     */
    boolean freeze(String container) throws IOException {
        return turn(container, THAWED::equals, FROZEN);
    }

    private boolean turn(String container, Predicate<String> from, String to) throws IOException {
        Optional<Path> state = Stream.of("docker/" + container, "system.slice/docker-" + container + ".scope")
                .map(cgroup -> root.resolve(cgroup).resolve("freezer.state"))
                .filter(Files::isWritable)
                .findFirst();
        if (state.isEmpty() || !from.test(Files.readString(state.get()).strip())) {
            return false;
        }
        Files.writeString(state.get(), to);
        return true;
    }
}
