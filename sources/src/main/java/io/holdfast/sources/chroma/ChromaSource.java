package io.holdfast.sources.chroma;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.docker.Docker;
import io.holdfast.sources.docker.ServiceData;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A ChromaDB server: its data directory while it rests, and beside that {@code chromadb.json}, what it said of its
 * collections before.
 */
public final class ChromaSource implements ComponentSource {

    static final String DATA = "/data";

    private final Docker docker;
    private final Source.ChromaDb source;
    private final String at;
    private final Host host;

    /**
     * Creates a source.
     *
     * @param at the component's place in its snapshots
     */
    public ChromaSource(Docker docker, Source.ChromaDb source, String at, Host host) {
        this.docker = docker;
        this.source = source;
        this.at = at;
        this.host = host;
    }

    @Override
    public Capture capture() {
        return new ChromaCapture(source, data(), at, host);
    }

    @Override
    public Content salvage() throws IOException {
        return data().salvage();
    }

    @Override
    public WayBack wayBack() {
        return new ChromaWayBack(docker, source, data(), host);
    }

    @Override
    public Optional<WayBack> intoNewVolume(String volume, String restore) {
        return data().intoNewVolume(volume, restore);
    }

    @Override
    public String byHand() {
        return "%s Start the server with it as its data directory (chroma run --path), and compare its collections with DIRECTORY%s/%s: fetch some of the records that are named there with their vectors, and search for one. To count them proves nothing."
                .formatted(data().byHand(), at, Recorded.FILE);
    }

    private ServiceData data() {
        return docker.data(source.data(), source.container(), source.quiesce().mode(), List.of(), at, DATA)
                .ofAtLeast(source.atLeast());
    }
}
