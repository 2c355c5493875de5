package io.holdfast.sources.component;

import io.holdfast.sources.component.SnapshotFiles.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts all that a snapshot holds of a component, of whatever kind, into a directory of this host as files. Nothing is
 * deleted there: what lies there is kept by no safety snapshot.
 */
public record IntoDirectory(Path directory) implements WayBack {

    @Override
    public String target() {
        return directory.toString();
    }

    @Override
    public List<Placement> placements() {
        return List.of(new Placement(directory, false, List.of()));
    }

    @Override
    public Restored put(SnapshotFiles files) throws IOException {
        Restored restored = Restored.NOTHING;
        for (String child : files.children("/")) {
            restored = restored.plus(
                    files.restore("/" + child, new Placement(directory.resolve(child), false, List.of())));
        }
        return restored;
    }
}
