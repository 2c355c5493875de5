package io.holdfast.sources.chroma;

import static io.holdfast.sources.chroma.ChromaFailure.NOTHING_TOUCHED;
import static io.holdfast.sources.chroma.ChromaFailure.PUT_BACK;
import static io.holdfast.sources.chroma.ChromaFailure.explaining;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.docker.Docker;
import io.holdfast.sources.engine.Container;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The way back of a server's data, and the questions whether it has them again. */
final class ChromaWayBack implements WayBack {

    private final Docker docker;
    private final Source.ChromaDb source;
    private final WayBack data;
    private final Host host;

    ChromaWayBack(Docker docker, Source.ChromaDb source, ComponentSource data, Host host) {
        this.docker = docker;
        this.source = source;
        this.data = data.wayBack();
        this.host = host;
    }

    @Override
    public String target() {
        return "ChromaDB at %s, in %s".formatted(source.url(), data.target());
    }

    @Override
    public List<String> containers() throws IOException, InterruptedException {
        return data.containers();
    }

    @Override
    public void prepare(SnapshotFiles files) throws IOException, InterruptedException {
        Login.of(source, host);
        explaining(NOTHING_TOUCHED, () -> {
            Recorded.of(files);
            if (!files.children(ChromaSource.DATA).contains(DataFiles.DATABASE)) {
                throw Recorded.noSnapshot("its data have no " + DataFiles.DATABASE, null);
            }
            return true;
        });
        data.prepare(files);
    }

    @Override
    public Restored put(SnapshotFiles files) throws IOException, InterruptedException {
        return data.put(files);
    }

    @Override
    public void finish(SnapshotFiles files) throws IOException, InterruptedException {
        data.finish(files);
        explaining(PUT_BACK, () -> {
            requireStarted();
            try (var server = server()) {
                server.awaitHeartbeat(source.readyWithin());
            }
            return true;
        });
    }

    private ChromaServer server() throws IOException {
        return new ChromaServer(source.url(), Login.of(source, host));
    }

    private void requireStarted() throws IOException {
        if (source.container() == null) {
            return;
        }
        Container container = docker.container(source.container());
        switch (container.state()) {
            case RUNNING, RESTARTING -> {}
            case CREATED, PAUSED, EXITED, DEAD, REMOVING ->
                throw new ChromaFailure(
                        "HF-Q59",
                        "ChromaDB was not asked for what was put back: container %s is %s."
                                .formatted(
                                        container.name(),
                                        container.state().toString().toLowerCase(Locale.ROOT)),
                        "Start it, and search its collections.");
        }
    }

    @Override
    public void validate(SnapshotFiles files) throws IOException, InterruptedException {
        data.validate(files);
        explaining(PUT_BACK, () -> {
            Optional<Recorded> recorded = Recorded.of(files);
            try (var server = server()) {
                server.heartbeat();
                List<String> differences = differences(new Sample(server), recorded);
                if (!differences.isEmpty()) {
                    throw new ChromaFailure(
                            "HF-Q58",
                            "ChromaDB at %s does not hold what the snapshot says: %s."
                                    .formatted(server.url(), String.join("; ", differences)),
                            "Restore again, or choose another snapshot.");
                }
            }
            return true;
        });
    }

    /** With nothing to compare with, every collection must still be readable and searchable. */
    private static List<String> differences(Sample sample, Optional<Recorded> recorded)
            throws IOException, InterruptedException {
        if (recorded.isEmpty()) {
            sample.take();
            return List.of();
        }
        return sample.differences(recorded.get(), !recorded.get().hot());
    }
}
