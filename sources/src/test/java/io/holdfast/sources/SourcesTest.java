package io.holdfast.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.plan.DataLocation;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.sources.chroma.ChromaSource;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.docker.ServiceData;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.files.FilesSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SourcesTest {

    private static final List<Path> PATHS = List.of(Path.of("/srv"));

    private static Sources sources;

    @BeforeAll
    static void makeSources() throws IOException {
        sources = new Sources(new Host(_ -> null, Clock.systemUTC(), DockerEngine.fromEnvironment(Map.of())));
    }

    @Test
    void capturesFiles() throws SourceException {
        assertThat(sources.of(new Source.Files(PATHS, List.of(), List.of(), null, Quiesce.NONE), "/shop/docs"))
                .isInstanceOf(FilesSource.class);
    }

    @Test
    void capturesVolumesAndPathsOfContainers() throws SourceException {
        assertThat(sources.of(new Source.DockerVolume("data", List.of(), null, Quiesce.NONE), "/shop/docs"))
                .isInstanceOf(ServiceData.class);
        assertThat(sources.of(new Source.ContainerPath("app", "/data", List.of(), null, Quiesce.NONE), "/shop/docs"))
                .isInstanceOf(ServiceData.class);
    }

    @Test
    void capturesAChromaDb() throws SourceException {
        var chroma = new Source.ChromaDb(
                "chroma",
                new DataLocation.Volume("data"),
                URI.create("http://127.0.0.1:8000"),
                null,
                null,
                Duration.ofMinutes(2),
                null,
                Quiesce.NONE);

        assertThat(sources.of(chroma, "/search/vectors")).isInstanceOf(ChromaSource.class);
    }
}
