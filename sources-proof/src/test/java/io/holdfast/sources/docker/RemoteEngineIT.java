package io.holdfast.sources.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.fixtures.AppContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.DataLocation;
import io.holdfast.plan.Quiesce;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.vault.backup.Root;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An engine over TCP and TLS, behind a proxy that passes some calls, all, or breaks off. */
class RemoteEngineIT {

    private static final String AT = "/shop/documents";

    /** As docs/operations.md lists them. */
    private static final String LOOKING = "GET /(_ping|version|containers/json\\S*|containers/[^/]+/json|volumes\\S*)";

    private static final String READING = "(GET|HEAD) /containers/[^/]+/archive\\S*";
    private static final String HELPERS = "(POST /containers/create|DELETE /containers/[^/]+)\\S*";
    private static final String DELETING = "(POST /containers/[^/]+/start|GET /containers/[^/]+/logs)\\S*";
    private static final String WRITING = "PUT /containers/[^/]+/archive\\S*";

    @RegisterExtension
    static final io.holdfast.fixtures.DockerEngine fixtures = io.holdfast.fixtures.DockerEngine.with(TestImage.APP);

    private static AppContainer app;

    private TestVault vault;
    private SocketProxy proxy;
    private DockerEngine engine;

    @BeforeAll
    static void start() {
        app = AppContainer.start(fixtures);
        app.fill(12, 1);
    }

    @BeforeEach
    void connect() throws IOException {
        vault = new TestVault(AT);
        proxy = SocketProxy.plain();
        engine = DockerEngine.fromEnvironment(Map.of("DOCKER_HOST", proxy.address()));
    }

    @AfterEach
    void disconnect() throws IOException {
        engine.close();
        proxy.close();
        vault.close();
    }

    @AfterAll
    static void end() {
        assertThat(fixtures.client()
                        .listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(List.of("io.holdfast.helper"))
                        .withVolumeFilter(List.of(app.volume()))
                        .exec())
                .isEmpty();
    }

    @Test
    void readsADirectoryOnlyAfterTheEnginesVolumesWereSeenBesideIt() throws Exception {
        assertThat(read(data()).roots().getFirst()).isInstanceOf(Root.Tree.class);

        var elsewhere = new AtomicBoolean();
        proxy.answer(call -> {
            if (call.equals("POST /volumes/create")) {
                elsewhere.set(true);
                return Optional.of("{}");
            }
            String name = call.substring(call.lastIndexOf('/') + 1);
            return elsewhere.get() && name.startsWith("holdfast-probe-")
                    ? Optional.of(
                            "{\"Name\":\"%1$s\",\"Driver\":\"local\",\"Mountpoint\":\"/var/lib/docker/volumes/%1$s/_data\"}"
                                    .formatted(name))
                    : Optional.empty();
        });

        assertThat(read(data()).roots().getFirst()).isInstanceOf(Root.Tar.class);
    }

    @Test
    void backsUpAndRestoresWithTheCallsOfTheDocumentation() throws Exception {
        proxy.allow(call -> matches(call, LOOKING, READING, HELPERS, DELETING, WRITING));
        var before = app.fingerprint();
        SnapshotFiles files = vault.stored(read(data()));
        app.exec("sh", "-c", "cd %s; rm -r 'batch 1/empty'; echo more > more".formatted(TestImage.APP.data()));

        putBack(files);

        assertThat(app.fingerprint()).isEqualTo(before);
        assertThat(proxy.calls()).anyMatch(call -> call.equals("POST /volumes/create"));
    }

    @Test
    void backsUpThroughAProxyThatOnlyReadsAndTouchesNothingInARestore() throws Exception {
        proxy.allow(call -> matches(call, LOOKING, READING));
        var before = app.fingerprint();

        SnapshotFiles files = vault.stored(read(data()));

        assertThat(files.children("/data")).contains("batch 1");
        assertThatThrownBy(() -> data().wayBack().prepare(files))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q15"))
                .hasMessageContaining("Nothing was touched");
        assertThat(app.fingerprint()).isEqualTo(before);
    }

    @Test
    void storesNothingWhenTheEngineGoesInTheMiddle() throws Exception {
        proxy.allow(call -> matches(call, LOOKING, READING, HELPERS));
        Content content = read(data());
        proxy.breakOffAfter(200_000);

        assertThatThrownBy(() -> vault.stored(content))
                .isInstanceOf(IOException.class)
                .cause()
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q10"))
                .hasMessageContaining("Lost the engine");

        assertThat(vault.size()).isZero();
    }

    @Test
    void talksTlsAndShowsItsCertificate(@TempDir Path directory) throws Exception {
        certificates(directory);
        try (SocketProxy secure = new SocketProxy(tls(directory));
                DockerEngine ours = DockerEngine.fromEnvironment(Map.of(
                        "DOCKER_HOST", secure.address(),
                        "DOCKER_TLS_VERIFY", "1",
                        "DOCKER_CERT_PATH", directory.toString()));
                DockerEngine plain = DockerEngine.fromEnvironment(Map.of("DOCKER_HOST", secure.address()))) {
            secure.allow(call -> matches(call, LOOKING, READING, HELPERS));

            SnapshotFiles files = vault.stored(read(data(ours)));

            assertThat(files.children("/data")).contains("batch 1");
            assertThatThrownBy(() -> read(data(plain)))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q10"));
        }
    }

    private static boolean matches(String call, String... allowed) {
        return List.of(allowed).stream().anyMatch(call::matches);
    }

    private static Content read(ServiceData data) throws Exception {
        try (Capture capture = data.capture()) {
            capture.inspect();
            return capture.read();
        }
    }

    private void putBack(SnapshotFiles files) throws Exception {
        WayBack way = data().wayBack();
        way.prepare(files);
        app.stop();
        try {
            way.put(files);
        } finally {
            app.start();
        }
    }

    private ServiceData data() {
        return data(engine);
    }

    private static ServiceData data(DockerEngine engine) {
        return new Docker(engine, null, null, true)
                .data(new DataLocation.Volume(app.volume()), null, Quiesce.Mode.NONE, List.of(), AT, "/data");
    }

    /** An authority, and a certificate of it that serves for both sides. */
    private static void certificates(Path directory) throws Exception {
        Files.writeString(directory.resolve("san"), "subjectAltName=IP:127.0.0.1\n");
        openssl(
                directory,
                "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca-key.pem -out ca.pem");
        openssl(directory, "req -newkey rsa:2048 -nodes -subj /CN=engine -keyout key.pem -out request.pem");
        openssl(
                directory,
                "x509 -req -in request.pem -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 2 -extfile san -out cert.pem");
        openssl(
                directory,
                "pkcs12 -export -in cert.pem -inkey key.pem -certfile ca.pem -passout pass:secret -out engine.p12");
    }

    private static void openssl(Path directory, String arguments) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "needs openssl");
        Process openssl = new ProcessBuilder(("/usr/bin/openssl " + arguments).split(" "))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(openssl.getInputStream().readAllBytes(), UTF_8);
        assertThat(openssl.waitFor()).as(output).isZero();
    }

    private static SSLServerSocket tls(Path directory) throws Exception {
        var own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("engine.p12"))) {
            own.load(in, "secret".toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, "secret".toCharArray());
        var authority = KeyStore.getInstance("PKCS12");
        authority.load(null, null);
        authority.setCertificateEntry(
                "authority", own.getCertificateChain(own.aliases().nextElement())[1]);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(authority);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        var socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(true);
        return socket;
    }
}
