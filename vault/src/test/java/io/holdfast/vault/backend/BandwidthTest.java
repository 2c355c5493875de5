package io.holdfast.vault.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.vault.backend.local.LocalBackend;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BandwidthTest {

    private static final long RATE = 10_000;
    private static final int IN_THE_FIRST_HOUR = (int) RATE * 3_600;
    private static final Handle PACK = new Handle(FileType.PACK, "ab".repeat(32));

    private final Bandwidth hourly = new Bandwidth(RATE, RATE, Duration.ofHours(1));

    @TempDir
    Path directory;

    @Test
    void countsWhatADirectoryTakesAndGives() throws IOException {
        Backend place = LocalBackend.at(directory, hourly);
        place.store(Handle.CONFIG, new byte[100]);
        place.store(PACK, new byte[2_000_000]);
        place.load(PACK, 5, 1_000);

        assertThat(hourly.uploadable()).isEqualTo(IN_THE_FIRST_HOUR - 2_000_100);
        assertThat(hourly.downloadable()).isEqualTo(IN_THE_FIRST_HOUR - 1_000);
    }

    @Test
    void countsTheContentOfRequestsAndAnswers() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", BandwidthTest::keep);
        server.start();
        try (Backend place = Backends.open(
                "s3:http://127.0.0.1:%d/bucket".formatted(server.getAddress().getPort()),
                Map.of("AWS_ACCESS_KEY_ID", "access", "AWS_SECRET_ACCESS_KEY", "secret")::get,
                BackendOptions.defaults().withBandwidth(hourly))) {
            place.store(PACK, new byte[100_000]);
            assertThat(hourly.uploadable()).isEqualTo(IN_THE_FIRST_HOUR - 100_000);
            assertThat(place.load(PACK)).hasSize(3_000);
            assertThat(hourly.downloadable()).isEqualTo(IN_THE_FIRST_HOUR - 3_000);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void letsTheRestWaitAndTakesOtherRatesMeanwhile() throws IOException {
        hourly.upload(IN_THE_FIRST_HOUR);
        hourly.change(Bandwidth.UNLIMITED, Bandwidth.LEAST);
        assertThat(hourly.uploadable()).isZero();

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> hourly.upload(1)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void refusesRatesAtWhichAStoreWouldHangUp() {
        assertThatThrownBy(() -> Bandwidth.of(Bandwidth.LEAST - 1, Bandwidth.UNLIMITED))
                .hasMessage("upload must be at least 8192 bytes per second, was 8191");
        assertThatThrownBy(() -> Bandwidth.unlimited().change(Bandwidth.UNLIMITED, -1))
                .hasMessageContaining("download");
    }

    private static void keep(HttpExchange exchange) throws IOException {
        byte[] content = exchange.getRequestBody().readAllBytes();
        boolean load = exchange.getRequestMethod().equals("GET");
        exchange.getResponseHeaders().set("ETag", md5(content));
        exchange.sendResponseHeaders(200, load ? 3_000 : -1);
        exchange.getResponseBody().write(new byte[load ? 3_000 : 0]);
        exchange.close();
    }

    private static String md5(byte[] content) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }
}
