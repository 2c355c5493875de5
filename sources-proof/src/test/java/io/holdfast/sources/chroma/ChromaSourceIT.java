package io.holdfast.sources.chroma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.fixtures.ChromaContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.DataLocation;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.docker.Docker;
import io.holdfast.sources.engine.DockerEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ChromaSourceIT {

    private static final String AT = "/search/vectors";
    private static final String CUT_SHORT =
            "for f in /data/*/data_level0.bin; do head -c 5000 $f > /tmp/f; cat /tmp/f > $f; done";
    private static final Quiesce PAUSE = new Quiesce(
            Quiesce.Mode.PAUSE, List.of(), List.of(), List.of(), List.of(), List.of(), Quiesce.DEFAULT_LIMIT);

    @RegisterExtension
    static final io.holdfast.fixtures.DockerEngine fixtures = io.holdfast.fixtures.DockerEngine.with(TestImage.CHROMA);

    private static DockerEngine engine;
    private static Host host;
    private static Docker docker;
    private static ChromaContainer chroma;
    private static TestVault vault;
    private static SortedMap<String, String> contents;
    private static SnapshotFiles snapshot;

    private static boolean changed;

    /** Each test finds what this captures. */
    @BeforeAll
    static void fillAndCapture() throws Exception {
        engine = DockerEngine.fromEnvironment(System.getenv());
        host = new Host(_ -> null, Clock.systemUTC(), engine);
        docker = new Docker(host);
        vault = new TestVault(AT);
        chroma = ChromaContainer.start(fixtures);
        chroma.fill(320, 1);
        chroma.fill(20, 2);
        chroma.fill(0, 9);
        contents = chroma.fingerprint();
        try (Capture capture = source(PAUSE).capture()) {
            assertThat(capture.inspect()).containsExactly(chroma.name());
            capture.settle();
            chroma.pause();
            try {
                snapshot = vault.stored(capture.read());
            } finally {
                chroma.unpause();
            }
            capture.validate();
        }
    }

    @AfterAll
    static void end() throws IOException {
        vault.close();
        engine.close();
    }

    @AfterEach
    void bringBack() throws Exception {
        switch (chroma.state()) {
            case "paused" -> chroma.unpause();
            case "running" -> {}
            default -> chroma.start();
        }
        if (changed) {
            putBack();
            changed = false;
        }
    }

    @Test
    void bringsBackWhatWasThereWhenItRested() throws Exception {
        delete("documents-1");
        fill(3);
        cutShort();
        assertThat(chroma.fingerprint()).isNotEqualTo(contents);

        WayBack way = putBack();
        way.finish(snapshot);
        way.validate(snapshot);

        assertThat(chroma.fingerprint()).isEqualTo(contents);
        changed = false;
    }

    @Test
    void recordsWhatTheServerSaidOfItsCollections() throws Exception {
        Recorded recorded = Recorded.of(snapshot).orElseThrow();

        assertThat(recorded.api()).isEqualTo("v2");
        assertThat(recorded.hot()).isFalse();
        assertThat(recorded.collections())
                .extracting(Recorded.Collection::name, Recorded.Collection::count)
                .containsExactlyInAnyOrder(
                        tuple("documents-1", 320L), tuple("documents-2", 20L), tuple("documents-9", 0L));
        assertThat(recorded.collections()).filteredOn(each -> each.count() > 0).allSatisfy(each -> {
            assertThat(each.sample()).hasSize(6);
            assertThat(each.nearest())
                    .isNotNull()
                    .matches(nearest -> nearest.found().equals(nearest.to()));
        });
    }

    @Test
    void noticesIndexFilesThatAreCutShortInWhatWasPutBack() throws Exception {
        WayBack way = putBack();
        cutShort();
        stop();
        chroma.start();

        way.finish(snapshot);

        // A server may also end over such a file, and then answers no more.
        assertThatThrownBy(() -> way.validate(snapshot))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isIn("HF-Q52", "HF-Q50"));
    }

    @Test
    void noticesThatACollectionOfTheSnapshotIsNotThereAfterwards() throws Exception {
        WayBack way = putBack();
        delete("documents-1");

        way.finish(snapshot);

        assertFails(() -> way.validate(snapshot), "HF-Q58", "collection 'documents-1' is missing");
    }

    @Test
    void failsOverFilesThatWereCutShortUnderARunningServer() throws Exception {
        try (Capture capture = source(PAUSE).capture()) {
            capture.inspect();
            capture.settle();
            cutShort();

            assertFails(() -> vault.stored(capture.read()), "HF-Q54", "data_level0.bin");
        }
    }

    @Test
    void passesTheTarOfAnEngineOnAsItIs() throws Exception {
        var id = engine.requireContainer(chroma.name()).id();
        chroma.pause();
        byte[] tar;
        try (var in = engine.readArchive(id, "/data/.")) {
            tar = in.readAllBytes();
        }

        try (var in = new CheckedTar(engine.readArchive(id, "/data/."))) {
            assertThat(in.readAllBytes()).isEqualTo(tar);
        }
    }

    @Test
    void marksWhatWasCapturedWhileClientsWrote() throws Exception {
        try (Capture capture = source(Quiesce.NONE).capture()) {
            capture.inspect();
            capture.settle();
            SnapshotFiles hot = vault.stored(capture.read());
            fill(9);

            assertThatCode(capture::validate).doesNotThrowAnyException();

            var json = new ByteArrayOutputStream();
            hot.dump("/" + Recorded.FILE, json);
            assertThat(json.toString(StandardCharsets.UTF_8)).contains("\"hot\" : true");
        }
    }

    @Test
    void noticesACollectionThatVanishedMeanwhile() throws Exception {
        try (Capture capture = source(PAUSE).capture()) {
            capture.inspect();
            capture.settle();
            capture.read();
            delete("documents-2");

            assertFails(capture::validate, "HF-Q56", "'documents-2' is missing");
        }
    }

    @Test
    void failsOverAServerThatDoesNotComeBack() throws Exception {
        try (Capture capture = source(PAUSE).capture()) {
            capture.inspect();
            capture.settle();
            chroma.pause();
            capture.read();

            assertFails(capture::validate, "HF-Q55", "kept as an incomplete snapshot");
        }
    }

    @Test
    void saysThatNobodyLookedWhereTheServerIsOffAfterwards() throws Exception {
        chroma.stop();

        assertFails(() -> source(PAUSE).wayBack().finish(snapshot), "HF-Q59", "is exited");
    }

    @Test
    void refusesWhatHoldsNoChroma(@TempDir Path directory) throws Exception {
        assertFails(() -> inspect(new DataLocation.Volume(fixtures.newVolume()), chroma.name()), "HF-Q14", "nothing");
        assertFails(() -> inspect(new DataLocation.Volume(chroma.volume()), "no-such"), "HF-Q11", "'no-such'");
        Files.writeString(directory.resolve("notes.txt"), "something else");
        try (Capture capture = source(new DataLocation.Directory(directory), chroma.name(), PAUSE)
                .capture()) {
            capture.inspect();
            capture.settle();

            assertFails(capture::read, "HF-Q53", "no chroma.sqlite3");
        }
    }

    @Test
    void putsNothingBackFromASnapshotOfSomethingElse() throws Exception {
        WayBack way = source(PAUSE).wayBack();
        SnapshotFiles other;
        try (var elsewhere = new TestVault(AT)) {
            other = elsewhere.stored(new io.holdfast.sources.component.Content(
                    List.of(new io.holdfast.vault.backup.Root.Generated(AT + "/data/x", new byte[] {1})), List.of()));

            assertFails(() -> way.prepare(other), "HF-Q57", "no chroma.sqlite3");
        }
    }

    @Test
    void bringsBackTheStateBeforeARestoreWhenNobodyWasAsked() throws Exception {
        chroma.pause();
        SnapshotFiles before = vault.stored(source(PAUSE).salvage());
        chroma.unpause();
        delete("documents-1");

        WayBack way = putBack(before);
        way.finish(before);
        way.validate(before);

        assertThat(chroma.fingerprint()).isEqualTo(contents);
        cutShort();
        stop();
        chroma.start();
        // A server may also end over such a file, and then answers no more.
        assertThatThrownBy(() -> way.validate(before))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isIn("HF-Q52", "HF-Q50"));
    }

    private static void inspect(DataLocation data, String container) throws Exception {
        try (Capture capture = source(data, container, PAUSE).capture()) {
            capture.inspect();
        }
    }

    private static WayBack putBack() throws Exception {
        return putBack(snapshot);
    }

    private static WayBack putBack(SnapshotFiles files) throws Exception {
        WayBack way = source(PAUSE).wayBack();
        way.prepare(files);
        assertThat(way.containers()).containsExactly(chroma.name());
        stop();
        way.put(files);
        chroma.start();
        return way;
    }

    /** A server whose files were cut short may have crashed. */
    private static void stop() {
        if (chroma.state().equals("running")) {
            chroma.stop();
        }
    }

    private static ChromaSource source(Quiesce quiesce) {
        return source(new DataLocation.Volume(chroma.volume()), chroma.name(), quiesce);
    }

    private static ChromaSource source(DataLocation data, String container, Quiesce quiesce) {
        return new ChromaSource(
                docker,
                new Source.ChromaDb(container, data, chroma.uri(), null, null, Duration.ofSeconds(2), null, quiesce),
                AT,
                host);
    }

    private static void cutShort() {
        changed = true;
        chroma.exec("sh", "-c", CUT_SHORT);
    }

    private static void fill(long seed) {
        changed = true;
        chroma.fill(150, seed);
    }

    private static void delete(String collection) throws IOException, InterruptedException {
        changed = true;
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            chroma.uri().resolve(Api.V2.collections(Database.DEFAULT) + "/" + collection))
                    .DELETE()
                    .build();
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }

    private static void assertFails(ThrowingCallable call, String code, String why) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(why);
    }
}
