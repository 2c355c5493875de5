package io.holdfast.sources;

import java.nio.file.Path;
import java.util.List;

/**
 * One part of a snapshot and where it goes.
 *
 * @param path inside the snapshot
 * @param target on this host
 * @param replace whether what the snapshot does not hold is deleted at the target
 * @param keep patterns of what is left alone there even so, such as caches that were never captured
 */
public record Placement(String path, Path target, boolean replace, List<String> keep) {

    public Placement {
        keep = List.copyOf(keep);
    }
}
