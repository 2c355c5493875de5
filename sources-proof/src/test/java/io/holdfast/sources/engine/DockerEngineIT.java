package io.holdfast.sources.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sources.engine.Container.State;
import io.holdfast.sources.engine.EngineException.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DockerEngineIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @SuppressWarnings("NullAway.Init")
    private static Busybox busybox;

    @SuppressWarnings("NullAway.Init")
    private static DockerEngine engine;

    @BeforeAll
    static void connect() throws IOException {
        busybox = Busybox.onThisMachine();
        engine = busybox.engine();
    }

    @AfterAll
    static void removeContainers() throws IOException {
        if (busybox != null) {
            busybox.close();
        }
    }

    @Test
    void saysItsVersion() throws IOException {
        EngineVersion version = engine.version();

        assertThat(version.engine()).matches("\\d+\\..*");
        assertThat(version.api()).matches("1\\.\\d+");
    }

    @Test
    void describesAContainer() throws IOException {
        String volume = busybox.volume("described");
        Container started = busybox.start("described", volume + ":/data", "/tmp:/host:ro");

        Container container = engine.requireContainer(started.name());

        assertThat(container).isEqualTo(started);
        assertThat(container.state()).isEqualTo(State.RUNNING);
        assertThat(container.image()).isEqualTo(Busybox.IMAGE);
        assertThat(container.imageId()).startsWith("sha256:");
        assertThat(container.startedAt()).isNotNull();
        assertThat(container.finishedAt()).isNull();
        assertThat(container.environment()).containsEntry("GREETING", "hello");
        assertThat(container.toString()).contains("GREETING").doesNotContain("hello");
        assertThat(container.mounts())
                .containsExactlyInAnyOrder(
                        new ContainerMount.OfVolume(
                                volume, engine.volume(volume).orElseThrow().mountpoint(), "/data", false),
                        new ContainerMount.OfHostPath("/tmp", "/host", true));
        assertThat(engine.containers(busybox.label())).contains(container);
    }

    @Test
    void neverTakesTheBeginningOfAnIdForAName() throws IOException {
        Container container = busybox.start("prefix");

        assertThat(engine.container(container.id().hex().substring(0, 12))).isEmpty();
        assertThat(engine.container(container.id())).contains(container);
        assertThat(engine.container("no-such-container")).isEmpty();
        assertThatThrownBy(() -> engine.requireContainer("no-such-container"))
                .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.NO_SUCH_CONTAINER));
    }

    @Test
    void pausesStopsAndStarts() throws IOException {
        ContainerId id = busybox.start("states").id();

        engine.pause(id);
        assertThat(state(id)).isEqualTo(State.PAUSED);
        assertThatThrownBy(() -> engine.pause(id))
                .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.CONFLICT));
        engine.unpause(id);
        assertThat(state(id)).isEqualTo(State.RUNNING);
        engine.stop(id, Duration.ZERO);
        engine.stop(id, Duration.ZERO);
        assertThat(state(id)).isEqualTo(State.EXITED);
        assertThat(engine.waitFor(id, SOON)).isEqualTo(137);
        engine.start(id);
        engine.start(id);
        assertThat(state(id)).isEqualTo(State.RUNNING);
        assertThatThrownBy(() -> engine.waitFor(id, Duration.ofMillis(1)))
                .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.CONFLICT));
    }

    @Test
    void makesAndRemovesVolumes() throws IOException {
        String volume = busybox.name("short-lived");
        assertThat(engine.volume(volume)).isEmpty();

        Volume made = engine.createVolume(volume, Map.of("colour", "blue"));
        assertThat(made.labels()).containsEntry("colour", "blue");
        assertThat(engine.volumes("colour=blue")).contains(made);
        assertThatThrownBy(() -> engine.createVolume(volume, Map.of()))
                .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.CONFLICT));
        engine.removeVolume(volume);

        assertThat(engine.volume(volume)).isEmpty();
        assertThatThrownBy(() -> engine.removeVolume(volume))
                .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.NO_SUCH_VOLUME));
    }

    @Test
    void writesToAVolumeAndReadsItThroughAContainerThatNeverStarts() throws IOException {
        String volume = busybox.volume("door");
        try (Helper door = engine.createHelper(Busybox.IMAGE, List.of(HelperMount.volume(volume, "/data")))) {
            assertThat(engine.requireContainer(door.id().hex()).state()).isEqualTo(State.CREATED);
            engine.writeArchive(door.id(), "/data", new ByteArrayInputStream(tar(Map.of("a/b.txt", "kept"))));
        }
        Container other = busybox.start("reader", volume + ":/other");

        Map<String, String> files = read(other.id(), "/other/.");

        assertThat(files).containsEntry("./a/b.txt", "kept 1000:1001 640");
        assertThat(engine.containers(DockerEngine.HELPER_LABEL))
                .noneMatch(each -> each.mounts().toString().contains(volume));
    }

    @Test
    void refusesATarThatEndsEarlyOrIsCompressedOrFoundNoDirectory() throws IOException {
        String volume = busybox.volume("refusals");
        byte[] tar = tar(Map.of("a", "x".repeat(100_000)));
        try (Helper door = engine.createHelper(Busybox.IMAGE, List.of(HelperMount.volume(volume, "/data")))) {
            assertThatThrownBy(() -> engine.writeArchive(
                            door.id(), "/data", new ByteArrayInputStream(Arrays.copyOf(tar, 50_000))))
                    .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.LOST));
            assertThatThrownBy(() -> engine.writeArchive(
                            door.id(), "/data", new ByteArrayInputStream(new byte[] {0x1f, (byte) 0x8b, 8, 0})))
                    .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.BAD_NAME));
            assertThatThrownBy(() -> engine.writeArchive(door.id(), "/nowhere", new ByteArrayInputStream(tar)))
                    .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.NO_SUCH_PATH));
            assertThat(engine.pathExists(door.id(), "/data")).isTrue();
            assertThat(engine.pathExists(door.id(), "/nowhere")).isFalse();
        }
    }

    @Test
    void saysThatAPathIsMissing() throws IOException {
        ContainerId id = busybox.start("missing-path").id();

        assertThatThrownBy(() -> engine.readArchive(id, "/missing"))
                .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.NO_SUCH_PATH));
        assertThatThrownBy(() -> engine.readArchive(new ContainerId("0".repeat(64)), "/bin"))
                .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.NO_SUCH_CONTAINER));
    }

    @Test
    void runsAHelperWithoutANetworkAndRemovesIt() throws IOException {
        String volume = busybox.volume("run");

        HelperRun run = engine.runHelper(
                Busybox.IMAGE,
                List.of(HelperMount.volume(volume, "/data")),
                List.of("sh", "-c", "touch /data/was-here; ls /sys/class/net; echo bad >&2; exit 3"),
                SOON);

        assertThat(run).isEqualTo(new HelperRun(3, "lo\n", "bad\n"));
        assertThat(engine.containers(DockerEngine.HELPER_LABEL))
                .noneMatch(each -> each.mounts().toString().contains(volume));
    }

    @Test
    void removesAHelperThatDoesNotEnd() throws IOException {
        String volume = busybox.volume("endless");

        assertThatThrownBy(() -> engine.runHelper(
                        Busybox.IMAGE,
                        List.of(HelperMount.volume(volume, "/data")),
                        List.of("sleep", "600"),
                        Duration.ofMillis(200)))
                .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.CONFLICT));

        assertThat(engine.containers(DockerEngine.HELPER_LABEL))
                .noneMatch(each -> each.mounts().toString().contains(volume));
    }

    @Test
    void pullsNoImageAndRemovesNoContainerOfOthers() throws IOException {
        Container other = busybox.start("others");

        assertThatThrownBy(() -> engine.createHelper("holdfast-test/no-such-image:1", List.of()))
                .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.NO_SUCH_IMAGE));
        assertThatThrownBy(() -> engine.removeHelper(other.id()))
                .satisfies(thrown -> assertThat(reason(thrown)).isEqualTo(Reason.CONFLICT));
        assertThat(engine.container(other.id())).isPresent();
    }

    private static State state(ContainerId id) throws IOException {
        return engine.container(id).orElseThrow().state();
    }

    private static Reason reason(Throwable thrown) {
        assertThat(thrown).isInstanceOf(EngineException.class);
        return ((EngineException) thrown).reason();
    }

    private static byte[] tar(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(UTF_8);
                var entry = new TarArchiveEntry(file.getKey());
                entry.setIds(1000, 1001);
                entry.setMode(0640);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, String> read(ContainerId id, String path) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (InputStream stream = engine.readArchive(id, path);
                var tar = new TarArchiveInputStream(stream)) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                if (entry.isFile()) {
                    files.put(
                            entry.getName(),
                            "%s %d:%d %o"
                                    .formatted(
                                            new String(tar.readAllBytes(), UTF_8),
                                            entry.getLongUserId(),
                                            entry.getLongGroupId(),
                                            entry.getMode() & 07777));
                }
            }
        }
        return files;
    }
}
