package io.holdfast.sources.docker;

import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.docker.DataPlace.Replacement;
import io.holdfast.sources.docker.LocatedData.Use;
import io.holdfast.sources.engine.Container;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way back of a service's data into their own place. A volume that is gone is made anew. */
final class DataWayBack implements WayBack {

    private final ServiceData data;
    private @Nullable Replacement replacement;

    DataWayBack(ServiceData data) {
        this.data = data;
    }

    @Override
    public String target() {
        return data.title();
    }

    @Override
    public List<String> containers() throws IOException {
        return data.users(found()).stream().map(Container::name).toList();
    }

    @Override
    public void prepare(SnapshotFiles files) throws IOException {
        if (data.find(Use.WRITE).isEmpty()) {
            data.make();
        }
        LocatedData found = found();
        replacement =
                Explained.calling(Explained.NOT_TOUCHED, () -> found.place().prepare(files, data.layout()));
    }

    @Override
    public Restored put(SnapshotFiles files) throws IOException {
        return Explained.calling(Explained.HALF_DONE, Objects.requireNonNull(replacement, "prepare comes first")::put);
    }

    private LocatedData found() throws IOException {
        Optional<LocatedData> found = data.find(Use.WRITE);
        return found.orElseThrow(data::missing);
    }
}
