package io.holdfast.vault.backend.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real S3 server with versions and object lock: Ceph's gateway, on loopback and free ports, in memory. */
public final class RadosGateway {

    public static final S3Credentials CREDENTIALS = new S3Credentials("test-access-key", "test-secret-key");

    /** What Ceph calls itself; it makes no bucket that is asked to lie elsewhere. */
    private static final String REGION = "default";

    private static final List<String> PROGRAMS = List.of("ceph-mon", "ceph-osd", "radosgw");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final int port;

    private RadosGateway(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Skips the test where Ceph is not installed. */
    public static RadosGateway start(Path directory) throws IOException {
        assumeTrue(
                PROGRAMS.stream().allMatch(RadosGateway::isInstalled),
                "Ceph is not installed (apt-get install ceph-mon ceph-osd radosgw), so object lock and versions are not tested");
        int port = freePort();
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        "bash",
                        script().toString(),
                        directory.toString(),
                        String.valueOf(port),
                        String.valueOf(freePort()),
                        CREDENTIALS.accessKey(),
                        CREDENTIALS.secretKey())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        RadosGateway gateway = new RadosGateway(process, port);
        Awaitility.await().atMost(PATIENCE).until(() -> !process.isAlive() || gateway.answers());
        assertThat(process.isAlive())
                .as(() -> "the gateway ended: " + read(log))
                .isTrue();
        return gateway;
    }

    public S3Location location(String bucketAndPrefix) {
        return S3Location.parse("s3:http://127.0.0.1:%d/%s".formatted(port, bucketAndPrefix), REGION);
    }

    public void stop() throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private boolean answers() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static Path script() {
        return Path.of(Objects.requireNonNull(RadosGateway.class.getResource("/radosgw.sh"))
                .getPath());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
