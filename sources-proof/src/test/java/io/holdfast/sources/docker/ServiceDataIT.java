package io.holdfast.sources.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import io.holdfast.fixtures.AppContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.DataLocation;
import io.holdfast.plan.Quiesce;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.engine.Busybox;
import io.holdfast.sources.engine.ContainerId;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.snapshot.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceDataIT {

    private static final String AT = "/shop/documents";
    private static final String DATA = TestImage.APP.data();

    @RegisterExtension
    static final io.holdfast.fixtures.DockerEngine fixtures = io.holdfast.fixtures.DockerEngine.with(TestImage.APP);

    private static DockerEngine engine;
    private static AppContainer app;

    /** Of those that write while they are captured. */
    private static AppContainer working;

    /** With an empty volume, or what a test puts there. */
    private static AppContainer bare;

    private TestVault vault;

    @BeforeAll
    static void start() throws IOException {
        engine = DockerEngine.fromEnvironment(System.getenv());
        app = AppContainer.start(fixtures);
        app.fill(12, 1);
        working = AppContainer.start(fixtures);
        bare = AppContainer.start(fixtures);
    }

    @AfterAll
    static void end() throws IOException {
        engine.close();
    }

    @BeforeEach
    void makeVault() throws IOException {
        vault = new TestVault(AT);
    }

    @AfterEach
    void bringBack() throws IOException {
        vault.close();
        switch (app.state()) {
            case "paused" -> app.unpause();
            case "exited" -> app.start();
            default -> assertThat(app.state()).isEqualTo("running");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bringsBackWhatLayThereWhenTheContainerRested(boolean directly) throws Exception {
        app.exec(
                "sh", "-c", "touch /on; (while [ -e /on ]; do date >> %s/log; done) >/dev/null 2>&1 &".formatted(DATA));
        ServiceData data = volume(directly, app.volume());
        SortedMap<String, String> before;
        SnapshotFiles files;
        try (Capture capture = data.capture()) {
            assertThat(capture.inspect()).containsExactly(app.name());
            app.pause();
            before = app.fingerprint();
            Content content = capture.read();
            assertThat(content.roots().getFirst()).isInstanceOf(directly ? Root.Tree.class : Root.Tar.class);
            assertThat(content.given()).isEqualTo(Content.Given.AS_IT_LIES);
            files = vault.stored(content);
            app.unpause();
            capture.validate();
        }
        wreck();

        Restored restored = putBack(data, files);

        assertThat(app.fingerprint()).isEqualTo(before);
        assertThat(restored.deleted()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesWhatItsContainerWritesToMeanwhileAndSaysSo(boolean directly) throws Exception {
        working.exec("sh", "-c", """
                cd %s
                rm -rf *
                truncate -s 20M log
                touch /on
                (while [ -e /on ]; do date >> log; date > upload; mv upload uploaded; done) >/dev/null 2>&1 &
                """.formatted(DATA));
        try (Capture capture = volume(directly, working.volume()).capture()) {
            capture.inspect();

            Content content = capture.read();
            BackupResult result = vault.backup(content);

            assertThat(content.given()).isEqualTo(Content.Given.BEING_WRITTEN);
            assertThat(result.problems()).isEmpty();
            assertThat(result.changes().stream()
                            .anyMatch(change -> change.path().endsWith("/log")))
                    .as("files that were seen to change: %s", result.changes())
                    .isEqualTo(directly);
            assertThat(vault.files(result).children("/data")).contains("log");
            capture.validate();
        } finally {
            working.exec("rm", "/on");
        }
    }

    /** The engine breaks off without a word. */
    @Test
    void namesTheFileThatBecameShorterWhileTheEngineReadIt() throws Exception {
        working.exec("sh", "-c", "cd %s; rm -rf *; truncate -s 50M rotated.log".formatted(DATA));
        try (Capture capture = volume(false, working.volume()).capture()) {
            capture.inspect();
            Root.Tar root = (Root.Tar) capture.read().roots().getFirst();
            try (InputStream tar = root.source().open()) {
                tar.readNBytes(4096);
                working.exec("truncate", "-s", "1M", DATA + "/rotated.log");

                refused(
                        "HF-Q10",
                        () -> tar.transferTo(OutputStream.nullOutputStream()),
                        "ends early, within",
                        "rotated.log",
                        "becomes shorter",
                        "earlier snapshots are safe");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesWhatThePlanExcludes(boolean directly) throws Exception {
        app.exec(
                "sh",
                "-c",
                "mkdir -p %1$s/cache/deep %1$s/old; echo 1 > %1$s/cache/deep/a.tmp; echo 1 > %1$s/cache/b"
                        .formatted(DATA));
        ServiceData data = data(directly, new DataLocation.Volume(app.volume()), null, List.of("*.tmp"), "/data");
        SnapshotFiles files = stored(data);
        app.exec(
                "sh",
                "-c",
                "rm -r %1$s/cache/b; echo 2 > %1$s/cache/deep/a.tmp; mkdir -p %1$s/new/x; echo 3 > %1$s/new/x/c.tmp; echo 4 > %1$s/new/d"
                        .formatted(DATA));

        putBack(data, files);

        assertThat(app.exec("cat", DATA + "/cache/deep/a.tmp")).isEqualTo("2\n");
        assertThat(app.exec("cat", DATA + "/new/x/c.tmp")).isEqualTo("3\n");
        assertThat(app.fingerprint()).containsKey("./cache/b").doesNotContainKey("./new/d");
        assertThat(files.children("/data/cache/deep")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void makesALostVolumeAnew(boolean directly) throws Exception {
        AppContainer lost = AppContainer.start(fixtures);
        lost.fill(3, 2);
        lost.exec("sh", "-c", "chown 33:34 %1$s; chmod 2711 %1$s".formatted(DATA));
        var before = lost.fingerprint();
        SnapshotFiles files = stored(volume(directly, lost.volume()));
        lost.stop();
        lost.remove();
        engine.removeVolume(lost.volume());
        ServiceData anew = new ServiceData(
                new Docker(engine, TestImage.APP.image(), null, directly),
                new DataLocation.Volume(lost.volume()),
                null,
                Quiesce.Mode.NONE,
                new Layout(AT, "/data", List.of()));
        WayBack way = anew.wayBack();

        way.prepare(files);
        assertThat(way.containers()).isEmpty();
        way.put(files);

        assertThat(AppContainer.createOn(fixtures, lost.volume()).fingerprint()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void putsWhatLayThereIntoANewVolumeBesideIt(boolean directly) throws Exception {
        var before = app.fingerprint();
        ServiceData data = volume(directly, app.volume());
        SnapshotFiles files = stored(data);
        String beside = fixtures.newName("beside");
        WayBack cutOff = data.intoNewVolume(beside, "restore-1").orElseThrow();
        cutOff.prepare(files);
        WayBack way = data.intoNewVolume(beside, "restore-1").orElseThrow();

        way.prepare(files);
        assertThat(way.containers()).isEmpty();
        way.put(files);

        assertThat(AppContainer.createOn(fixtures, beside).fingerprint()).isEqualTo(before);
        assertThat(app.fingerprint()).isEqualTo(before);
        refused(
                "HF-Q08",
                () -> data.intoNewVolume(beside, "restore-2").orElseThrow().prepare(files));
        refused(
                "HF-Q08",
                () -> data.intoNewVolume(app.volume(), "restore-2")
                        .orElseThrow()
                        .prepare(files));
    }

    @Test
    void keepsANewVolumeThatItHadBegunToFillWhenItCannotGoOn() throws Exception {
        ServiceData data = volume(false, app.volume());
        SnapshotFiles files = stored(data);
        String begun = fixtures.newName("begun");
        WayBack cutOff = data.intoNewVolume(begun, "restore-1").orElseThrow();
        cutOff.prepare(files);
        cutOff.put(files);
        AppContainer user = AppContainer.startOn(fixtures, begun, create -> create);
        user.exec("touch", TestImage.APP.data() + "/to-be-deleted");
        user.remove();
        try (Busybox withoutRm = Busybox.onThisMachine()) {
            WayBack again = new Docker(withoutRm.engine(), Busybox.IMAGE, null, false)
                    .data(new DataLocation.Volume(app.volume()), null, Quiesce.Mode.NONE, List.of(), AT, "/data")
                    .intoNewVolume(begun, "restore-1")
                    .orElseThrow();

            refused("HF-Q18", () -> again.prepare(files));
        }
        assertThat(engine.volume(begun)).isPresent();
        engine.removeVolume(begun);
    }

    @Test
    void makesNoNewVolumeOfASnapshotThatHoldsNoDirectory() throws Exception {
        app.exec("sh", "-c", "mkdir -p /srv/conf; echo right > /srv/conf/app.conf");
        ServiceData data = data(
                true, new DataLocation.InContainer("/srv/conf/app.conf"), app.name(), List.of(), "/srv/conf/app.conf");
        SnapshotFiles files = stored(data);
        String beside = fixtures.newName("beside");

        refused(
                "HF-Q17",
                () -> data.intoNewVolume(beside, "restore-1").orElseThrow().prepare(files));

        assertThat(engine.volume(beside)).isEmpty();
    }

    @Test
    void reachesAVolumeThatNoContainerHasWithTheImageThatItRunsInItself() throws Exception {
        var own = new ContainerId(app.id());
        String unused = fixtures.newVolume();

        refused(
                "HF-Q14",
                () -> inspect(new Docker(engine, null, own, false)
                        .data(new DataLocation.Volume(unused), null, Quiesce.Mode.NONE, List.of(), AT, "/data")));
    }

    @Test
    void touchesNothingWhereTheImageCannotDelete() throws Exception {
        SnapshotFiles files = stored(volume(false, app.volume()));
        var before = app.fingerprint();
        try (Busybox withoutRm = Busybox.onThisMachine()) {
            WayBack way = new Docker(withoutRm.engine(), Busybox.IMAGE, null, false)
                    .data(new DataLocation.Volume(app.volume()), null, Quiesce.Mode.NONE, List.of(), AT, "/data")
                    .wayBack();

            refused("HF-Q18", () -> way.prepare(files));
        }
        assertThat(app.fingerprint()).isEqualTo(before);
    }

    @Test
    void saysThatThingsMayBeHalfReplacedWhenDeletingFails() throws Exception {
        var directory = Path.of(engine.volume(app.volume()).orElseThrow().mountpoint());
        ServiceData data = volume(false, app.volume());
        SnapshotFiles files = stored(data);
        var stuck = Files.createFile(directory.resolve("stuck"));
        WayBack way = data.wayBack();
        way.prepare(files);
        app.stop();
        attribute("+i", stuck);
        try {
            refused("HF-Q18", () -> way.put(files), "stuck", "may be partly replaced");
        } finally {
            attribute("-i", stuck);
            Files.delete(stuck);
        }
    }

    private static void attribute(String change, Path file) throws Exception {
        assumeTrue(
                new ProcessBuilder("chattr", change, file.toString()).start().waitFor() == 0,
                "needs a file system where a file can be kept from being deleted");
    }

    @Test
    void looksOnceThroughTheSnapshotAndOnceAgainToPutItBack() throws Exception {
        ServiceData data = volume(false, app.volume());
        var counting = new CountedFiles(stored(data));

        putBack(data, counting);

        assertThat(counting.tars()).isEqualTo(2);
    }

    @Test
    void keepsExtendedAttributesAndNanosecondsOfWhatItReadsDirectly() throws Exception {
        var directory = Path.of(engine.volume(app.volume()).orElseThrow().mountpoint());
        var file = directory.resolve("marked");
        Files.writeString(file, "x");
        var view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        view.write("note", StandardCharsets.UTF_8.encode("kept"));
        var time = Files.getLastModifiedTime(file);
        ServiceData data = volume(true, app.volume());
        SnapshotFiles files = stored(data);
        Files.delete(file);

        putBack(data, files);

        assertThat(view.list()).containsExactly("note");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
    }

    @Test
    void bringsBackADirectoryInAContainersOwnLayer() throws Exception {
        app.exec(
                "sh",
                "-c",
                "mkdir -p /srv/site/a; echo 1 > /srv/site/a/b; chown 7:8 /srv/site/a/b; chmod 640 /srv/site/a/b");
        var before = app.files("/srv/site");
        ServiceData data = data(true, new DataLocation.InContainer("/srv/site"), app.name(), List.of(), "/srv/site");
        SnapshotFiles files = stored(data);
        app.exec("sh", "-c", "echo 2 > /srv/site/a/b; chmod 777 /srv/site/a");

        putBack(data, files);

        assertThat(app.files("/srv/site")).isEqualTo(before);
        app.exec("sh", "-c", "echo 3 > /srv/site/more");
        refused("HF-Q18", () -> putBack(data, files));
        assertThat(app.exec("cat", "/srv/site/more")).isEqualTo("3\n");
    }

    @Test
    void bringsBackASingleFileOfAContainer() throws Exception {
        app.exec(
                "sh",
                "-c",
                "mkdir -p /srv/conf; echo right > /srv/conf/app.conf; chmod 600 /srv/conf/app.conf; echo x > /srv/conf/other");
        ServiceData data = data(
                true, new DataLocation.InContainer("/srv/conf/app.conf"), app.name(), List.of(), "/srv/conf/app.conf");
        SnapshotFiles files = stored(data);
        app.exec("sh", "-c", "echo wrong > /srv/conf/app.conf; chmod 644 /srv/conf/app.conf; echo y > /srv/conf/other");

        putBack(data, files);

        assertThat(app.exec("sh", "-c", "cat /srv/conf/*; ls -l /srv/conf/app.conf"))
                .startsWith("right\ny\n-rw-------");
        assertThat(files.children("/srv/conf")).containsExactly("app.conf");
    }

    @Test
    void readsAVolumeWithoutTouchingItThroughItsContainersPath() throws Exception {
        ServiceData data = data(false, new DataLocation.InContainer(DATA), app.name(), List.of(), DATA);

        SnapshotFiles files = stored(data);

        assertThat(files.children(DATA)).contains("batch 1");
        assertThat(engine.containers(DockerEngine.HELPER_LABEL))
                .as("helpers that were left behind")
                .noneMatch(helper ->
                        Docker.mountsOf(helper, app.volume()).findAny().isPresent());
    }

    @Test
    void showsWhatIsMountedBelowAPathToo() throws Exception {
        String inner = fixtures.newVolume();
        AppContainer nested = AppContainer.startOn(
                fixtures,
                fixtures.newVolume(),
                create -> create.withHostConfig(hostConfig(Objects.requireNonNull(create.getHostConfig()), inner)));
        nested.exec("sh", "-c", "echo 1 > %1$s/inner/a; echo 2 > %1$s/b".formatted(DATA));

        SnapshotFiles files = stored(data(true, new DataLocation.InContainer(DATA), nested.name(), List.of(), DATA));

        assertThat(files.children(DATA + "/inner")).containsExactly("a");
        assertThat(stored(volume(true, nested.volume())).children("/data")).contains("b");
    }

    private static HostConfig hostConfig(HostConfig config, String volume) {
        var binds = new ArrayList<>(List.of(config.getBinds()));
        binds.add(new Bind(volume, new Volume(DATA + "/inner")));
        return config.withBinds(binds);
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        String empty = fixtures.newVolume();
        refused("HF-Q12", () -> inspect(volume(true, fixtures.newName("none"))));
        refused("HF-Q14", () -> inspect(volume(true, empty)));
        refused("HF-Q18", () -> inspect(volume(false, empty)));
        refused("HF-Q11", () -> inspect(inContainer(fixtures.newName("none"), "/srv")));
        refused("HF-Q11", () -> inspect(inContainer(app.id().substring(0, 12), "/srv")));
        refused("HF-Q13", () -> inspect(inContainer(app.name(), "/srv/none")));
        refused("HF-Q13", () -> inspect(inContainer(app.name(), "/bin/sh")));
        refused("HF-Q13", () -> inspect(inContainer(app.name(), "/dev/null")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsOfAVolumeThatHoldsLessThanItMust(boolean directly) throws Exception {
        String empty = bare.volume();
        bare.exec("sh", "-c", "rm -rf %1$s/* && mkdir -p %1$s/uploads/2026".formatted(DATA));
        ServiceData data = volume(directly, empty);
        refused("HF-Q07", () -> requireLeast(data), "volume " + empty, "0 files of 0 bytes", "at least one file");

        bare.exec("sh", "-c", "echo 1234 > %s/uploads/2026/a".formatted(DATA));
        requireLeast(data);
        requireLeast(data.ofAtLeast(5L));
        refused("HF-Q07", () -> requireLeast(data.ofAtLeast(6L)), "1 file of 5 bytes", "at least 6 bytes");
    }

    private void requireLeast(ServiceData data) throws Exception {
        try (Capture capture = data.capture()) {
            capture.inspect();
            Content content = capture.read();
            Summary found = vault.backup(content).snapshot().summary().orElseThrow();
            content.least().require(found.totalFilesProcessed(), found.totalBytesProcessed());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bringsBackAnEmptyVolumeWhereThePlanSaysThatItMayBe(boolean directly) throws Exception {
        String empty = bare.volume();
        bare.exec("sh", "-c", "rm -rf %s/*".formatted(DATA));
        ServiceData data = volume(directly, empty).ofAtLeast(0L);
        requireLeast(data);
        SnapshotFiles files = stored(data);
        bare.exec("sh", "-c", "echo 1234 > %s/a".formatted(DATA));
        WayBack way = data.wayBack();

        way.prepare(files);
        way.put(files);

        assertThat(bare.exec("ls", "-A", DATA)).isEmpty();
    }

    @Test
    void takesNoNameForAnythingElse() {
        for (String name :
                List.of("../etc", "a?force=1", "--privileged", "/etc", "a b", "a\nb", "sha256:" + "a".repeat(64))) {
            refused("HF-Q19", () -> inspect(volume(true, name)));
            refused("HF-Q19", () -> inspect(inContainer(name, "/srv")));
        }
        refused("HF-Q19", () -> inspect(inContainer(app.name(), "/srv/../etc")));
    }

    @Test
    void findsContainersByLabelAndLeavesThoseOfOthersAlone() throws Exception {
        String project = fixtures.newName("project");
        AppContainer ours = labelled(project, "api", "False", "shop");
        labelled(project, "api", "True", "other");
        AppContainer worker = labelled(project, "worker", "False", "shop");

        assertThat(inspected(inContainer("compose:" + project + "/api", "/usr")))
                .containsExactly(ours.name());
        refused("HF-Q11", () -> inspect(inContainer("compose:" + project + "/web", "/usr")));
        refused("HF-Q11", () -> inspect(inContainer("label:holdfast.rests=" + project + "-none", "/usr")));
        refused("HF-Q19", () -> inspect(inContainer("label:holdfast.rests=" + project + "-shop", "/usr")));
        assertThat(engine.named("label:holdfast.rests=" + project + "-shop"))
                .extracting(container -> container.name())
                .containsExactlyInAnyOrder(ours.name(), worker.name());
        assertThat(engine.named("label:holdfast.rests=" + project + "-other")).hasSize(1);
    }

    private static AppContainer labelled(String project, String service, String oneOff, String scope) {
        Map<String, String> labels = new HashMap<>(fixtures.labels());
        labels.put("com.docker.compose.project", project);
        labels.put("com.docker.compose.service", service);
        labels.put("com.docker.compose.oneoff", oneOff);
        labels.put("holdfast.rests", project + "-" + scope);
        return AppContainer.startOn(fixtures, fixtures.newVolume(), create -> create.withLabels(labels));
    }

    @Test
    void failsWhenItsContainerDidNotStay() throws Exception {
        String volume = fixtures.newVolume();
        String name = fixtures.newName("app");
        AppContainer first = AppContainer.startOn(fixtures, volume, create -> create.withName(name));
        first.fill(1, 1);
        try (Capture capture = volume(true, volume).capture()) {
            capture.inspect();
            first.stop();
            first.start();
            refused("HF-Q16", capture::validate);
        }
        try (Capture capture = volume(true, volume).capture()) {
            capture.inspect();
            first.remove();
            AppContainer.startOn(fixtures, volume, create -> create.withName(name));
            refused("HF-Q16", capture::validate);
        }
    }

    @Test
    void capturesNothingOfAContainerThatIsNotWell() throws Exception {
        AppContainer ill = AppContainer.startOn(
                fixtures,
                fixtures.newVolume(),
                create -> create.withHealthcheck(new HealthCheck()
                        .withTest(List.of("CMD", "false"))
                        .withInterval(1_000_000_000L)
                        .withRetries(1)));
        await().untilAsserted(() ->
                refused("HF-Q16", () -> inspect(volume(true, ill.volume())), "fails its health check"));
        ill.remove();
        AppContainer looping = AppContainer.startOn(
                fixtures,
                fixtures.newVolume(),
                create -> create.withCmd(
                                "sh",
                                "-c",
                                "httpd -p 8080 -h /app/documents; until [ -e /broken ]; do sleep 0.1; done; exit 1")
                        .withHostConfig(Objects.requireNonNull(create.getHostConfig())
                                .withRestartPolicy(RestartPolicy.alwaysRestart())));
        looping.write(DATA + "/data", new byte[1]);
        looping.write("/broken", new byte[1]);
        await().untilAsserted(() ->
                refused("HF-Q16", () -> inspect(volume(true, looping.volume())), "keeps restarting"));
        looping.remove();
    }

    @Test
    void keepsNothingWhereNothingIsForAStateBeforeARestore() throws Exception {
        assertThat(volume(true, fixtures.newName("none")).salvage().roots()).isEmpty();
        assertThat(volume(true, fixtures.newVolume()).salvage().roots()).isEmpty();
        assertThat(volume(true, app.volume()).salvage().roots()).hasSize(1);
    }

    @Test
    void handsOutADirectoryOfThisHostThoughNoEngineAnswers(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("kept"), "x");
        try (DockerEngine gone = DockerEngine.fromEnvironment(Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"))) {
            ServiceData data = new Docker(gone, null, null, true)
                    .data(new DataLocation.Directory(directory), app.name(), Quiesce.Mode.NONE, List.of(), AT, "/data");

            assertThat(vault.stored(data.salvage()).children("/data")).containsExactly("kept");
            refused("HF-Q10", () -> inspect(data));
        }
    }

    @Test
    void restsTheServicesOwnContainerThoughOthersHoldTheData() throws Exception {
        AppContainer other = AppContainer.startOn(fixtures, fixtures.newVolume(), create -> create);
        ServiceData data = data(true, new DataLocation.Volume(app.volume()), other.name(), List.of(), "/data");

        assertThat(inspected(data)).containsExactly(other.name(), app.name());
        assertThat(data.wayBack().containers()).containsExactly(other.name(), app.name());
    }

    private void wreck() {
        app.exec("sh", "-c", """
                rm /on
                cd %s
                rm -rf 'batch 1/empty'
                until mkdir log; do rm -f log; done 2>/dev/null
                echo more > 'batch 1/more -rf'
                chmod 777 'batch 1'
                chown 0 'batch 1/Akte Nº 3.pdf'
                echo wrong > 'batch 1/Akte Nº 4.pdf'
                """.formatted(DATA));
    }

    private static Restored putBack(ServiceData data, SnapshotFiles files) throws Exception {
        WayBack way = data.wayBack();
        way.prepare(files);
        assertThat(way.containers()).containsExactly(app.name());
        app.stop();
        try {
            return way.put(files);
        } finally {
            app.start();
        }
    }

    private SnapshotFiles stored(ServiceData data) throws Exception {
        try (Capture capture = data.capture()) {
            capture.inspect();
            SnapshotFiles files = vault.stored(capture.read());
            capture.validate();
            return files;
        }
    }

    private static void inspect(ServiceData data) throws Exception {
        assertThat(inspected(data)).isNotNull();
    }

    private static List<String> inspected(ServiceData data) throws Exception {
        try (Capture capture = data.capture()) {
            return capture.inspect();
        }
    }

    private static ServiceData volume(boolean directly, String volume) {
        return data(directly, new DataLocation.Volume(volume), null, List.of(), "/data");
    }

    private static ServiceData inContainer(String container, String path) {
        return data(true, new DataLocation.InContainer(path), container, List.of(), path);
    }

    private static ServiceData data(
            boolean directly,
            DataLocation location,
            @Nullable String container,
            List<String> excludes,
            String directory) {
        return new Docker(engine, null, null, directly)
                .data(location, container, Quiesce.Mode.NONE, excludes, AT, directory);
    }

    private static void refused(String code, ThrowingCallable step, String... words) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        SourceException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .satisfies(e -> List.of(words).forEach(word -> assertThat(e).hasMessageContaining(word)));
    }
}
