package io.holdfast.sources;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a component captures, and the way back. One implementation per kind of the plan's {@code Source}.
 *
 * <p>Every method takes {@code at}, the component's stable place inside its snapshots: {@code /stack/component}.
 */
public interface ComponentSource {

    /**
     * Looks at the source, brings it to rest where the plan asks for it, and hands out what there is to read. Closing
     * the capture lets the source go on; it must be closed before anything is uploaded.
     *
     * @throws SourceException if something that the plan names is missing or cannot be read: a missing path is never a
     *     quiet success
     */
    Capture open(String at) throws SourceException;

    /**
     * Hands out whatever is still there, as it is and without bringing anything to rest. For the state just before a
     * restore, and for emergencies; without roots if nothing is there. What is there and cannot be read is handed out
     * too, so that keeping it fails instead of passing it over.
     */
    Capture salvage(String at) throws SourceException;

    /**
     * Where each part of a snapshot goes. Elsewhere nothing is deleted: what lies there is kept by no safety snapshot.
     *
     * @param elsewhere a directory to restore into instead of the source's own place
     */
    List<Placement> placements(String at, Optional<Path> elsewhere) throws SourceException;
}
