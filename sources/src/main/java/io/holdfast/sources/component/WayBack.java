package io.holdfast.sources.component;

import io.holdfast.sources.component.SnapshotFiles.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The way back of one component into its own place. The steps follow one another in this order: {@link #prepare}; the
 * {@link #containers} are stopped; {@link #put}; they are brought back to the state they were in; {@link #finish}; {@link
 * #validate}. A crash repeats them from the first, so each does again what it did before without harm; the containers are stopped then
 * already, also for {@link #prepare}.
 *
 * <p>Each step throws a {@link SourceException} with an operator's text.
 */
public interface WayBack {

    /** Where it goes, for an operator: directories, or a database and its server. */
    String target();

    /** Where on this host it writes by itself, as far as the plan or an operator names that. */
    default List<Placement> placements() {
        return List.of();
    }

    /** Containers that must be stopped while {@link #put} writes, by name. */
    default List<String> containers() throws IOException, InterruptedException {
        return List.of();
    }

    /** Looks whether the snapshot holds what is needed, and its place can take it. Replaces nothing yet. */
    default void prepare(SnapshotFiles files) throws IOException, InterruptedException {}

    /**
     * What the plan names and the snapshot holds nothing of, since it was added to the plan later. It is left as it is. Nothing of
     * a snapshot that was salvaged: what that lacks was not there.
     */
    default List<Path> addedSince(SnapshotFiles files) throws IOException {
        return List.of();
    }

    /** Replaces what is there, or lays over it, as the kind asks for. */
    Restored put(SnapshotFiles files) throws IOException, InterruptedException;

    /** Puts into effect what was put back, and waits until it is ready. */
    default void finish(SnapshotFiles files) throws IOException, InterruptedException {}

    /** Compares what is there now with what the snapshot says that there was. */
    default void validate(SnapshotFiles files) throws IOException, InterruptedException {}
}
