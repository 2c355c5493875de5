package io.holdfast.site;

import io.holdfast.events.ComponentId;
import io.holdfast.events.EventJson;
import io.holdfast.events.RestoreId;
import io.holdfast.events.SnapshotRef;
import io.holdfast.sources.durable.DurableFiles;
import io.holdfast.sources.stream.LiveDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which components are to be restored before they are captured: a restore has touched them and not put them back whole, or
 * this machine never held them while a region has their backups. A mark outlives the lease of a restore and its process, and
 * is durable before the component is touched. Whoever removes or heeds one holds the component's lease.
 */
public final class RestoreMarks {

    /**
     * What is known of a component that is to be restored.
     *
     * @param restore by which it may be half restored; "unknown" if the mark cannot be read; null before the first
     * @param before the state from before it was first touched; null if none was kept
     * @param goesOn whether the restore is repeated by itself until it has ended; it failed otherwise
     * @param region which has the component's backups, on a machine that never held it; null otherwise
     */
    public record Mark(
            @Nullable RestoreId restore,
            @Nullable SnapshotRef before,
            boolean goesOn,
            @Nullable String region) {

        static Mark of(RestoreId restore, @Nullable SnapshotRef before, boolean goesOn) {
            return new Mark(restore, before, goesOn, null);
        }

        static Mark of(String region) {
            return new Mark(null, null, false, region);
        }

        private boolean isTouched() {
            return restore != null;
        }
    }

    private static final Mark UNREADABLE = Mark.of(new RestoreId("unknown"), null, false);
    private static final String SUFFIX = ".json";

    private final Path directory;

    public RestoreMarks(SiteSettings site) throws IOException {
        directory = site.stateDirectory().resolve("restore-marks");
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
        Optional<Mark> earlier = of(component).filter(Mark::isTouched);
        Mark mark = Mark.of(restore, earlier.isPresent() ? earlier.get().before() : kept, true);
        write(component, mark);
        return mark;
    }

    /** Marks a component that this machine never held, unless it is marked already. */
    synchronized void awaitRestore(ComponentId component, String region) throws IOException {
        if (of(component).isEmpty()) {
            write(component, Mark.of(region));
        }
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
        for (Path file : LiveDirectory.tree(directory, 2)) {
            Optional<Mark> mark = file.toString().endsWith(SUFFIX) ? read(file).filter(Mark::goesOn) : Optional.empty();
            RestoreId restore = mark.map(Mark::restore).orElse(null);
            if (restore != null && restores.test(restore)) {
                write(file, Mark.of(restore, mark.get().before(), false));
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

    private void write(ComponentId component, Mark mark) throws IOException {
        DurableFiles.createDirectory(directory.resolve(component.stack()));
        write(file(component), mark);
    }

    private static void write(Path file, Mark mark) throws IOException {
        DurableFiles.write(file, EventJson.write(mark));
    }
}
