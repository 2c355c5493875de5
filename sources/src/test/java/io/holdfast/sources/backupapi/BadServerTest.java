package io.holdfast.sources.backupapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import io.holdfast.fixtures.BackupApiServer;
import io.holdfast.fixtures.VectorizerServer;
import io.holdfast.plan.RestApi;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a system does wrong fails the backup, in time, with a code, and without a snapshot or the token anywhere.
 *
 * <p>Forbidden addresses are such that nobody is spoken to even if nothing refuses them: no system opens a TCP connection to
 * a multicast group, and nothing listens on port 1. {@link AddressesTest} knows the others.
 */
@Execution(ExecutionMode.CONCURRENT)
class BadServerTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final String DOWNLOAD = "GET /api/backups/backup-1/download";

    private final CountDownLatch end = new CountDownLatch(1);
    private VectorizerServer server;
    private TestVault vault;

    @BeforeEach
    void start() throws IOException {
        server = new VectorizerServer(BackupApiServer.TOKEN);
        server.collections.put("docs", List.of("a", "b"));
        vault = new TestVault(BackupApiSourceTest.AT);
    }

    @AfterEach
    void stop() throws IOException {
        end.countDown();
        server.close();
        vault.close();
    }

    @Test
    void hangs() throws IOException {
        server.fault("POST /api/backups/create", _ -> hang());

        fails("HF-Q65", SHORT);
    }

    @Test
    void hangsInTheMiddleOfABackup() throws IOException {
        server.fault(DOWNLOAD, exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[500]);
            exchange.getResponseBody().flush();
            return hang();
        });

        fails("HF-Q66", SHORT);
    }

    @Test
    void isNeverDone() throws IOException {
        server.slow.set(Integer.MAX_VALUE);

        assertThat(fails("HF-Q65", SHORT)).hasMessageContaining("limit");
        assertThat(server.backups).as("the half backup of the system").isEmpty();
    }

    @Test
    void breaksOffABackup() throws IOException {
        server.fault(DOWNLOAD, exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[500]);
            exchange.getResponseBody().flush();
            throw new IOException("broken off");
        });

        assertThat(fails("HF-Q66")).hasMessageContaining("broke off after 500 bytes");
        assertThat(server.backups).as("the system's own copy").isEmpty();
    }

    @Test
    void breaksOffABackupWhoseLengthItDidNotTell() throws IOException {
        server.fault(DOWNLOAD, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[500]);
            exchange.getResponseBody().flush();
            throw new IOException("broken off");
        });

        assertThat(fails("HF-Q66")).hasMessageContaining("broke off after 500 bytes");
    }

    @Test
    void sendsAnEmptyBackup() throws IOException {
        server.fault(DOWNLOAD, exchange -> sent(exchange, 200, "application/gzip", ""));

        assertThat(fails("HF-Q66")).hasMessageContaining("empty");
    }

    @Test
    void sendsWithoutEnd() throws IOException {
        server.fault(DOWNLOAD, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            while (true) {
                out.write(new byte[10_000]);
            }
        });

        assertThat(fails("HF-Q66")).hasMessageContaining("max-size");
    }

    @Test
    void sendsOtherBytesThanItMade() throws IOException {
        server.fault(DOWNLOAD, exchange -> {
            exchange.getResponseHeaders().set("ETag", '"' + "0".repeat(64) + '"');
            return sent(exchange, 200, "application/gzip", "wrong");
        });

        assertThat(fails("HF-Q66")).hasMessageContaining("SHA-256");
    }

    @Test
    void tellsAnotherChecksumThanThatOfWhatItSends() throws IOException {
        try (var qdrant = new FakeQdrant()) {
            qdrant.collections.put("docs", List.of("a"));
            qdrant.fault("POST /collections/docs/snapshots", exchange -> {
                qdrant.backups.put("one", "bytes".getBytes(StandardCharsets.UTF_8));
                return sent(
                        exchange,
                        200,
                        "application/json",
                        "{\"result\":{\"name\":\"one\",\"size\":5,\"checksum\":\"%s\"}}".formatted("0".repeat(64)));
            });

            assertThat(fails("HF-Q66", BackupApiSourceTest.source(qdrant, "qdrant")))
                    .hasMessageContaining("SHA-256");
        }
    }

    @Test
    void tellsAnotherLengthThanThatOfWhatItSends() throws IOException {
        try (var qdrant = new FakeQdrant()) {
            qdrant.collections.put("docs", List.of("a"));
            qdrant.fault("GET /collections/docs/snapshots", exchange -> sent(exchange, 200, "application/tar", "x"));

            assertThat(fails("HF-Q66", BackupApiSourceTest.source(qdrant, "qdrant")))
                    .hasMessageContaining("5 bytes were made, and 1 are sent");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/collections", "POST /api/backups/create", "GET /api/backups"})
    void answersWithAPageOfHtml(String request) throws IOException {
        server.fault(request, exchange -> sent(exchange, 200, "text/html", "<html>Bad gateway"));

        fails("HF-Q62");
    }

    @Test
    void sendsAPageOfHtmlForABackup() throws IOException {
        server.fault(DOWNLOAD, exchange -> sent(exchange, 200, "text/html; charset=utf-8", "<html>Log in"));

        fails("HF-Q62");
    }

    @Test
    void answersWithoutEnd() throws IOException {
        server.fault("GET /api/collections", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            while (true) {
                out.write(new byte[100_000]);
            }
        });

        assertThat(fails("HF-Q62")).hasMessageContaining("16 MiB");
    }

    @Test
    void doesNotKnowTheToken() throws IOException {
        server.fault("GET ", exchange -> sent(exchange, 403, "application/json", "{}"));

        fails("HF-Q61");
    }

    @Test
    void repeatsTheToken() throws IOException {
        server.fault("POST ", exchange -> sent(exchange, 400, "text/plain", "wrong: " + BackupApiServer.TOKEN));

        assertThat(fails("HF-Q62")).hasMessageContaining("wrong: ***");
    }

    @Test
    void failsForAMomentAndIsAskedAgainWhereThatIsSafe() throws Exception {
        var failures = new AtomicInteger(2);
        server.fault(
                "GET /api/collections", exchange -> failures.getAndDecrement() > 0 && sent(exchange, 503, "a/b", ""));

        vault.stored(BackupApiSourceTest.source(server, "vectorizer"));

        assertThat(failures).hasNegativeValue();
    }

    @Test
    void failsWhenAskedForABackupAndIsNotAskedTwice() throws IOException {
        server.fault("POST /api/backups/create", exchange -> sent(exchange, 500, "a/b", "disk full"));

        assertThat(fails("HF-Q62")).hasMessageContaining("500 disk full");
        assertThat(server.requests).containsOnlyOnce("POST /api/backups/create");
    }

    @Test
    void hasLostItsCollections() throws IOException {
        server.collections.clear();

        assertThat(fails("HF-Q64")).hasMessageContaining("there are none");
        assertThat(server.requests).noneMatch(request -> request.contains("create"));
    }

    @Test
    void lacksACollectionOfThePlan() throws IOException {
        assertThat(fails("HF-Q64", BackupApiSourceTest.source(server, "vectorizer", "docs", "gone")))
                .hasMessageContaining("gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", ""})
    void callsItsBackupWhatWouldLeadElsewhere(String id) throws IOException {
        server.fault("POST ", exchange -> sent(exchange, 200, "a/b", "{\"id\":\"%s\"}".formatted(id)));
        server.fault(
                "GET /api/backups",
                exchange -> sent(exchange, 200, "a/b", "{\"backups\":[{\"id\":\"%s\"}]}".formatted(id)));

        fails("HF-Q62");
        assertThat(server.requests).noneMatch(request -> request.startsWith("DELETE"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://224.0.0.77/latest/meta-data",
                "http://[ff02::77]/",
                "http://127.0.0.1:1/",
                "https://127.0.0.1:1/",
                "file:///etc/passwd",
                "//metadata.invalid/"
            })
    void sendsADownloadElsewhere(String location) throws IOException {
        server.fault(DOWNLOAD, exchange -> redirected(exchange, location));

        fails("HF-Q63");
    }

    @Test
    void sendsADownloadToAPrivateAddressThatThePlanAllowsByName() throws IOException {
        try (var other = new VectorizerServer(BackupApiServer.TOKEN)) {
            server.fault(DOWNLOAD, exchange -> redirected(exchange, other.url() + "/secret"));

            fails("HF-Q63", source(allowing(other.url()), SHORT.multipliedBy(10)));

            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void sendsADownloadInCircles() throws IOException {
        server.fault(
                DOWNLOAD,
                exchange -> redirected(exchange, exchange.getRequestURI().toString()));

        assertThat(fails("HF-Q63")).hasMessageContaining("on and on");
    }

    @Test
    void sendsADownloadToAnotherOfItsOwnPaths() throws Exception {
        server.fault(DOWNLOAD, exchange -> redirected(exchange, "/files/1"));
        server.fault("GET /files/1", exchange -> sent(exchange, 200, "a/b", "the archive"));

        assertThat(TestVault.text(vault.stored(BackupApiSourceTest.source(server, "vectorizer")), "/backup.tar.gz"))
                .isEqualTo("the archive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://224.0.0.77", "http://[ff02::77]", "http://0.0.0.0:1", "http://[::ffff:e000:4d]"})
    void isSaidToBeWhereNoSystemIs(String url) throws IOException {
        var plan = new Source.BackupApi(
                URI.create(url), RestApi.named("vectorizer"), List.of(), null, SHORT, 1, io.holdfast.plan.Quiesce.NONE);
        var source = new BackupApiSource(plan, BackupApiSourceTest.AT, BackupApiSourceTest.host(null));

        fails("HF-Q63", source);
    }

    @Test
    void doesNotRun() throws IOException {
        server.close();

        fails("HF-Q60");
        assertThatThrownBy(
                        () -> BackupApiSourceTest.source(server, "vectorizer").salvage())
                .isInstanceOf(SourceException.class);
    }

    private SourceException fails(String code) throws IOException {
        return fails(code, Duration.ofSeconds(5));
    }

    private SourceException fails(String code, Duration limit) throws IOException {
        return fails(code, source(RestApi.named("vectorizer"), limit));
    }

    private BackupApiSource source(RestApi api, Duration limit) {
        return BackupApiSourceTest.source(server, api, limit, 1 << 20);
    }

    private SourceException fails(String code, BackupApiSource source) throws IOException {
        Throwable failure = catchThrowable(() -> vault.stored(source));
        SourceException found = found(failure);
        if (found == null) {
            throw new AssertionError("no failure of the source", failure);
        }
        assertThat(found.code()).as(found.getMessage()).isEqualTo(code);
        assertThat(found).hasMessageContaining("earlier snapshots are safe");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(BackupApiServer.TOKEN);
        }
        assertThat(vault.size()).isZero();
        return found;
    }

    /** As it was thrown, or as the vault's reason not to go on. */
    private static @Nullable SourceException found(@Nullable Throwable e) {
        return e == null || e instanceof SourceException ? (SourceException) e : found(e.getCause());
    }

    private boolean hang() {
        try {
            end.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private static boolean sent(HttpExchange exchange, int code, String type, String text) throws IOException {
        BackupApiServer.answer(exchange, code, type, text.getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private static boolean redirected(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        return sent(exchange, 302, "text/plain", "");
    }

    private static RestApi allowing(URI other) {
        RestApi api = RestApi.named("vectorizer");
        return new RestApi(
                api.tokenHeader(),
                List.of(other),
                api.list(),
                api.count(),
                api.create(),
                api.ready(),
                api.download(),
                api.delete(),
                api.upload(),
                api.restore(),
                api.restored());
    }
}
