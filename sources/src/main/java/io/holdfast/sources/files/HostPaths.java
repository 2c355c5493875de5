package io.holdfast.sources.files;

import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SnapshotFiles.Placement;
import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Paths of the host on their way back from a snapshot, where each lies under its own name. */
public record HostPaths(List<Path> paths) {

    /** Fails before anything is touched if a capture lacks one of them: it was added to the plan later. */
    public void requireIn(SnapshotFiles files) throws IOException {
        if (files.isSalvaged()) {
            return;
        }
        var lacking = new ArrayList<String>();
        for (Path path : paths) {
            if (!files.has(path.toString())) {
                lacking.add(path.toString());
            }
        }
        if (!lacking.isEmpty()) {
            throw new SourceException(
                    "HF-Q06",
                    "The snapshot does not hold %s, which the plan names. Nothing was touched. Choose a recovery point since it is in the plan, or restore into a directory and copy what is there."
                            .formatted(String.join(", ", lacking)));
        }
    }

    /** Puts back what is there of them: of what was salvaged, a path that it lacks was not there. */
    public Restored put(SnapshotFiles files, Function<Path, Placement> placement) throws IOException {
        Restored restored = Restored.NOTHING;
        for (Path path : paths) {
            if (files.has(path.toString())) {
                restored = restored.plus(files.restore(path.toString(), placement.apply(path)));
            }
        }
        return restored;
    }
}
