package io.holdfast.sources.docker;

import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.engine.EngineException;
import io.holdfast.sources.engine.Volume;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way back of a service's data into a volume that is made for them, beside their own place, which is not touched. A label
 * tells whose it is, so that a restore that was cut off goes on with its own volume and no other.
 */
final class IntoNewVolume implements WayBack {

    private static final String LABEL = "io.holdfast.restore";

    private final ServiceData data;
    private final String volume;
    private final String restore;
    private @Nullable WayBack way;

    IntoNewVolume(ServiceData data, String volume, String restore) {
        this.data = data;
        this.volume = volume;
        this.restore = restore;
    }

    @Override
    public String target() {
        return "new volume " + volume;
    }

    @Override
    public void prepare(SnapshotFiles files) throws IOException, InterruptedException {
        Optional<Volume> there = data.docker().volume(volume);
        if (there.isPresent() && !restore.equals(there.get().labels().get(LABEL))) {
            throw new SourceException(
                    "HF-Q08",
                    "There is a volume '%s' already. Nothing was touched. Name one that there is not, or remove it (docker volume rm) if nobody needs what is in it."
                            .formatted(volume));
        }
        if (!files.isDirectory(data.layout().directory())) {
            throw new SourceException(
                    "HF-Q17",
                    "The snapshot holds no directory %s that a volume could be filled with. Nothing was touched. Choose another snapshot, or restore into a directory."
                            .formatted(data.layout().directory()));
        }
        DockerEngine engine = data.docker().engine();
        if (there.isEmpty()) {
            Explained.calling(Explained.NOT_TOUCHED, () -> engine.createVolume(volume, Map.of(LABEL, restore)));
        }
        try {
            way = data.in(volume).wayBack();
            way.prepare(files);
        } catch (IOException e) {
            if (there.isEmpty()) {
                remove(engine, e);
            }
            throw e;
        }
    }

    /** What nothing was put into yet. */
    private void remove(DockerEngine engine, IOException why) {
        try {
            engine.removeVolume(volume);
        } catch (EngineException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public Restored put(SnapshotFiles files) throws IOException, InterruptedException {
        return Objects.requireNonNull(way, "prepare comes first").put(files);
    }
}
