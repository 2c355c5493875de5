package io.holdfast.sources.docker;

import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.docker.LocatedData.Use;
import io.holdfast.sources.engine.Container;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The way back of a service's data into their own place. A volume that is gone is made anew. */
final class DataWayBack implements WayBack {

    private static final String HALF_DONE = "What was there may be partly replaced; restore again.";

    private final ServiceData data;

    DataWayBack(ServiceData data) {
        this.data = data;
    }

    @Override
    public String target() {
        return data.title();
    }

    @Override
    public List<String> containers() throws IOException {
        return found().users().stream().map(Container::name).toList();
    }

    @Override
    public void prepare(SnapshotFiles files) throws IOException {
        if (data.find(Use.WRITE).isEmpty()) {
            data.make();
        }
        LocatedData found = found();
        Explained.calling(Explained.NOT_TOUCHED, () -> {
            found.place().prepare(files, data.layout());
            return true;
        });
    }

    @Override
    public Restored put(SnapshotFiles files) throws IOException {
        LocatedData found = found();
        return Explained.calling(HALF_DONE, () -> found.place().put(files, data.layout()));
    }

    private LocatedData found() throws IOException {
        Optional<LocatedData> found = data.find(Use.WRITE);
        return found.orElseThrow(data::missing);
    }
}
