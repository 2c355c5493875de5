package io.holdfast.sources.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.sources.engine.EngineException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines that are away, deny, or break off, and proxies in front of them. */
class UnwillingEngineTest {

    private static final ContainerId ID = new ContainerId("ab".repeat(32));

    private final List<String> calls = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private int status = 403;
    private String body = "<html><body><h1>403 Forbidden</h1>Request forbidden by administrative rules.</body></html>";
    private long length = 0;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestBody().readAllBytes();
            boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, hasBody ? length : -1);
            if (hasBody) {
                exchange.getResponseBody().write(body.getBytes(UTF_8));
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void tellsWhatAProxyDenies() throws IOException {
        try (DockerEngine engine = engine("")) {
            assertFails(Reason.DENIED, engine::ping);
            assertFails(Reason.DENIED, () -> engine.container("redis"));
            assertFails(Reason.DENIED, () -> engine.pause(ID));
            assertFails(Reason.DENIED, () -> engine.readArchive(ID, "/data"));
            assertFails(Reason.DENIED, () -> engine.pathExists(ID, "/data"));
            assertFails(
                    Reason.DENIED, () -> engine.writeArchive(ID, "/data", new ByteArrayInputStream(new byte[1024])));
            assertFails(Reason.DENIED, () -> engine.exec(ID, ExecSpec.of("ls"), false));
            assertFails(Reason.DENIED, () -> engine.createHelper("app", List.of()));
        }
    }

    @Test
    void asksWithThePrefixAndWithoutAVersion() throws IOException {
        try (DockerEngine engine = engine("/engine")) {
            assertFails(Reason.DENIED, () -> engine.container("redis"));
            assertFails(Reason.DENIED, () -> engine.readArchive(ID, "/a b&path=/etc"));
        }

        assertThat(calls)
                .containsExactly(
                        "GET /engine/containers/redis/json",
                        "GET /engine/containers/%s/archive?path=%%2Fa+b%%26path%%3D%%2Fetc".formatted(ID));
    }

    /** One that hangs would keep everybody else's volumes from being captured. */
    @Test
    void asksOfAVolumeOnlyAboutTheContainersThatHaveIt() throws IOException {
        status = 200;
        body = "[]";
        try (DockerEngine engine = engine("")) {
            assertThat(engine.containersOf("shop_data")).isEmpty();
        }

        assertThat(calls)
                .singleElement()
                .asString()
                .startsWith("GET /containers/json?")
                .contains("shop_data");
    }

    @Test
    void asksNothingAboutMalformedNames() throws IOException {
        try (DockerEngine engine = engine("")) {
            assertFails(Reason.BAD_NAME, () -> engine.container("../images"));
            assertFails(Reason.BAD_NAME, () -> engine.volume("a?force=true"));
            assertFails(Reason.BAD_NAME, () -> engine.readArchive(ID, "relative"));
            assertFails(Reason.BAD_NAME, () -> engine.createHelper("--privileged", List.of()));
        }

        assertThat(calls).isEmpty();
    }

    @Test
    void saysThatNoEngineIsBehindAProxy() throws IOException {
        status = 503;
        try (DockerEngine engine = engine("")) {
            assertFails(Reason.UNREACHABLE, engine::version);
        }
    }

    @Test
    void showsTheEnginesOwnWords() throws IOException {
        status = 500;
        body = "{\"message\":\"driver \\\"overlay2\\\" failed\"}";
        try (DockerEngine engine = engine("")) {
            assertThatThrownBy(() -> engine.stop(ID, java.time.Duration.ZERO))
                    .hasMessageContaining("driver \"overlay2\" failed")
                    .hasMessageContaining("stop container");
        }
    }

    @Test
    void neverTakesACutArchiveForAWholeOne() throws IOException {
        status = 200;
        body = "";
        try (DockerEngine engine = engine("");
                InputStream archive = engine.readArchive(ID, "/data")) {
            assertFails(Reason.LOST, archive::readAllBytes);
        }
    }

    @Test
    void saysThatTheConnectionBrokeInTheMiddleOfAnArchive() throws IOException {
        status = 200;
        body = "\0".repeat(50_000);
        length = 100_000;
        try (DockerEngine engine = engine("");
                InputStream archive = engine.readArchive(ID, "/data")) {
            assertFails(Reason.LOST, archive::readAllBytes);
        }
    }

    @Test
    void saysThatThereIsNoSocket(@TempDir Path empty) throws IOException {
        try (DockerEngine engine =
                DockerEngine.fromEnvironment(Map.of("DOCKER_HOST", "unix://" + empty.resolve("docker.sock")))) {
            assertFails(Reason.UNREACHABLE, engine::ping);
            assertThatThrownBy(engine::ping).hasMessageContaining("docker.sock").hasMessageContaining("DOCKER_HOST");
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (var unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        try (DockerEngine engine = DockerEngine.fromEnvironment(Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + port))) {
            assertFails(Reason.UNREACHABLE, engine::ping);
            assertFails(Reason.UNREACHABLE, () -> engine.readArchive(ID, "/data"));
        }
    }

    @Test
    void givesUpWhenInterrupted() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DockerEngine engine = DockerEngine.fromEnvironment(
                        Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + silent.getLocalPort()))) {
            Thread.currentThread().interrupt();
            assertFails(Reason.INTERRUPTED, engine::ping);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private DockerEngine engine(String prefix) throws IOException {
        return DockerEngine.fromEnvironment(Map.of(
                "DOCKER_HOST",
                "tcp://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), prefix)));
    }

    private static void assertFails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EngineException.class,
                        failure -> assertThat(failure.reason())
                                .as(failure.getMessage())
                                .isEqualTo(reason));
    }
}
