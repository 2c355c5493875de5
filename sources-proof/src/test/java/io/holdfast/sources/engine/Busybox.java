package io.holdfast.sources.engine;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Containers of nothing but busybox on the real engine of this machine, removed on closing with their volumes. */
public final class Busybox implements Closeable {

    public static final String IMAGE = "holdfast-test/busybox:1";

    private static final String LABEL = "io.holdfast.test";
    private static final Path PROGRAM = Path.of("/bin/busybox");
    private static final List<String> APPLETS = List.of(
            "sh", "cat", "cp", "dd", "echo", "env", "grep", "head", "id", "kill", "ls", "mkdir", "pwd", "seq", "sleep",
            "stat", "tar", "touch", "true", "wc", "yes");

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final DockerEngine engine;
    private final DockerClient client;
    private final List<String> containers = new ArrayList<>();
    private final List<String> volumes = new ArrayList<>();

    private Busybox(DockerEngine engine, DockerClient client) {
        this.engine = engine;
        this.client = client;
    }

    /** Skips the test where there is no engine, or no static busybox to make an image of. */
    public static Busybox onThisMachine() throws IOException {
        DockerEngine engine = DockerEngine.fromEnvironment(System.getenv());
        try {
            engine.ping();
        } catch (EngineException e) {
            abort("needs a Docker engine: " + e.getMessage());
        }
        EngineAddress address = EngineAddress.of(System.getenv());
        DockerHttpClient http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(address.uri())
                .sslConfig(address.getSSLConfig())
                .build();
        DockerClient client = DockerClientImpl.getInstance(address, http);
        if (client.listImagesCmd().withReferenceFilter(IMAGE).exec().isEmpty()) {
            assumeTrue(Files.isExecutable(PROGRAM), "needs a static busybox (Debian: busybox-static)");
            importImage(http);
        }
        return new Busybox(engine, client);
    }

    /** By hand, since docker-java sends a stream as JSON here. */
    private static void importImage(DockerHttpClient http) throws IOException {
        Request request = Request.builder()
                .method(Request.Method.POST)
                .path("/images/create?fromSrc=-&repo=" + IMAGE)
                .body(new ByteArrayInputStream(image()))
                .build();
        try (Response response = http.execute(request)) {
            String answer = Failures.body(response.getBody());
            if (!answer.contains("sha256:")) {
                throw new IOException("cannot import %s: %s".formatted(IMAGE, answer));
            }
        }
    }

    private static byte[] image() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            byte[] program = Files.readAllBytes(PROGRAM);
            var entry = new TarArchiveEntry("bin/busybox");
            entry.setMode(0755);
            entry.setSize(program.length);
            tar.putArchiveEntry(entry);
            tar.write(program);
            tar.closeArchiveEntry();
            for (String applet : APPLETS) {
                var link = new TarArchiveEntry("bin/" + applet, TarConstants.LF_SYMLINK);
                link.setLinkName("busybox");
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    public DockerEngine engine() {
        return engine;
    }

    /** A name that no other run uses. */
    public String name(String what) {
        return "engine-%s-%s".formatted(run, what);
    }

    /** Starts one that waits to be killed. */
    public Container start(String what, String... binds) throws IOException {
        return start(
                what,
                "sleep 600",
                host -> host.withBinds(com.github.dockerjava.api.model.Binds.fromPrimitive(binds)
                        .getBinds()));
    }

    public Container start(String what, String script, UnaryOperator<HostConfig> host) throws IOException {
        String id = client.createContainerCmd(IMAGE)
                .withName(name(what))
                .withCmd("sh", "-c", script)
                .withEnv("GREETING=hello")
                .withLabels(Map.of(LABEL, run))
                .withHostConfig(host.apply(new HostConfig().withNetworkMode("none")))
                .exec()
                .getId();
        containers.add(id);
        client.startContainerCmd(id).exec();
        return engine.requireContainer(id);
    }

    public void kill(ContainerId id) {
        client.killContainerCmd(id.hex()).exec();
    }

    public String volume(String what) throws IOException {
        String name = engine.createVolume(name(what), Map.of(LABEL, run)).name();
        volumes.add(name);
        return name;
    }

    public String label() {
        return LABEL + "=" + run;
    }

    @Override
    public void close() throws IOException {
        containers.forEach(id -> client.removeContainerCmd(id)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec());
        volumes.forEach(name -> client.removeVolumeCmd(name).exec());
        client.close();
        engine.close();
    }
}
