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

    /**
     * Fails before anything is touched if a capture holds none of them: the plan named others then.
     *
     * @param target what is to be put back, for an operator
     */
    public void requireAnyIn(SnapshotFiles files, String target) throws IOException {
        if (!files.isSalvaged() && notIn(files).equals(paths)) {
            throw new SourceException(
                    "HF-Q06",
                    "The snapshot holds nothing of %s, which the plan names now. Nothing was touched. Choose a recovery point since that is in the plan, or restore into a directory and copy what is there."
                            .formatted(target));
        }
    }

    /** Those that a capture lacks, since they were added to the plan later; of what was salvaged none. */
    public List<Path> notIn(SnapshotFiles files) throws IOException {
        var lacking = new ArrayList<Path>();
        for (Path path : paths) {
            if (!files.isSalvaged() && !files.has(path.toString())) {
                lacking.add(path);
            }
        }
        return lacking;
    }

    /** Puts back what the snapshot holds of them, and leaves the others as they are. */
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
