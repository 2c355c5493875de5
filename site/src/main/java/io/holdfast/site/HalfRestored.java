package io.holdfast.site;

import io.holdfast.events.ComponentId;
import io.holdfast.events.EventJson;
import io.holdfast.events.RestoreId;
import io.holdfast.events.SnapshotRef;
import io.holdfast.sources.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which components a restore has touched and not put back whole. A mark is durable before the component is touched, and
 * outlives the lease of the restore and its process. Whoever sets, removes or heeds one holds the component's lease.
 */
public final class HalfRestored {

    /**
     * What is known of a component that may be half restored.
     *
     * @param restore by which; "unknown" if the mark cannot be read
     * @param before the state from before it was first touched; null if none was kept
     * @param goesOn whether the restore is repeated by itself until it has ended; it failed otherwise
     */
    public record Mark(RestoreId restore, @Nullable SnapshotRef before, boolean goesOn) {}

    private static final Mark UNREADABLE = new Mark(new RestoreId("unknown"), null, false);
    private static final String SUFFIX = ".json";

    private final Path directory;

    public HalfRestored(SiteSettings site) throws IOException {
        directory = site.stateDirectory().resolve("half-restored");
        DurableFiles.createDirectory(directory);
    }

    public Optional<Mark> of(ComponentId component) throws IOException {
        return read(file(component));
    }

    /** Where a component's mark is or would be. */
    public Path file(ComponentId component) {
        return directory.resolve(component.stack()).resolve(component.component() + SUFFIX);
    }

    /**
     * Marks a component that is about to be touched. Of one that is marked already, what was kept now is no state from before.
     *
     * @param kept what the restore has kept of the component
     */
    public synchronized Mark begin(ComponentId component, RestoreId restore, @Nullable SnapshotRef kept)
            throws IOException {
        Optional<Mark> earlier = of(component);
        var mark = new Mark(restore, earlier.isPresent() ? earlier.get().before() : kept, true);
        DurableFiles.createDirectory(directory.resolve(component.stack()));
        write(file(component), mark);
        return mark;
    }

    /** The component was put back whole. */
    public synchronized void done(ComponentId component) throws IOException {
        DurableFiles.delete(file(component));
    }

    /** The restore has ended: what it is not done with stays as it is. */
    public void gaveUp(RestoreId restore) throws IOException {
        gaveUp(restore::equals);
    }

    /**
     * At the start of what carries restores out: one that its journal has lost is repeated by nobody.
     *
     * @param open what is to be repeated
     */
    public void gaveUpAllBut(List<Journal.Entry> open) throws IOException {
        gaveUp(restore -> open.stream().noneMatch(entry -> entry.id().equals(restore.value())));
    }

    private synchronized void gaveUp(Predicate<RestoreId> restores) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(it -> it.toString().endsWith(SUFFIX)).toList()) {
                Optional<Mark> mark = read(file).filter(Mark::goesOn).filter(it -> restores.test(it.restore()));
                if (mark.isPresent()) {
                    write(file, new Mark(mark.get().restore(), mark.get().before(), false));
                }
            }
        }
    }

    private static Optional<Mark> read(Path file) throws IOException {
        try {
            return Optional.of(EventJson.read(Files.readAllBytes(file), Mark.class));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.of(UNREADABLE);
        }
    }

    private static void write(Path file, Mark mark) throws IOException {
        DurableFiles.write(file, EventJson.write(mark));
    }
}
