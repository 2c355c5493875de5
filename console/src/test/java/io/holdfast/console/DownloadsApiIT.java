package io.holdfast.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.events.AuditEvent.ActionAudited;
import io.holdfast.events.Heartbeat.ServiceAlive;
import io.holdfast.events.RecoveryPointId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@FreshConsole
class DownloadsApiIT extends ConsoleTestBase {

    private static final RecoveryPointId NIGHT = Samples.point("rag", 1);
    private static final byte[] ARCHIVE = new byte[3_000_000];

    static {
        new Random(7).nextBytes(ARCHIVE);
    }

    private HttpServer site;
    private String asked = "";

    @BeforeEach
    void planBackupAndSite() throws IOException {
        feedPlan();
        feed(Samples.wholeRun(NIGHT));
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.start();
        feed(List.of(alive(Samples.NOW)));
    }

    @AfterEach
    void stopSite() {
        site.stop(0);
    }

    @Test
    void handsTheSitesArchiveThroughAndWritesItDown() throws Exception {
        answer(exchange -> {
            exchange.getResponseHeaders().set("Holdfast-Lacks", "HF-R16 nothing of files");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(ARCHIVE);
        });
        var download = client().send(
                        request(OPERATOR, "/api/backups/nightly/download?component=redis")
                                .build(),
                        BodyHandlers.ofByteArray());

        assertThat(download.statusCode()).isEqualTo(200);
        assertThat(download.body()).isEqualTo(ARCHIVE);
        assertThat(download.headers().firstValue("Content-Type")).contains("application/gzip");
        assertThat(download.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"%s-redis.tar.gz\"".formatted(NIGHT));
        assertThat(download.headers().firstValue("Holdfast-Lacks")).contains("HF-R16 nothing of files");
        assertThat(asked)
                .isEqualTo(
                        "Bearer %s /site/archives/%s?stack=rag&format=tar.gz&component=redis".formatted(SITE, NIGHT));
        assertThat(publisher.all(ActionAudited.class))
                .containsExactly(
                        new ActionAudited("otto", "download", NIGHT + " redis", null, "127.0.0.1", Samples.NOW));
    }

    @Test
    void theLatestIsABackupWhereItHoldsTheNewestOfEverything() throws Exception {
        answer(exchange -> exchange.sendResponseHeaders(200, -1));
        assertThat(json(get(VIEWER, "/api/backups/latest")).path("id").asString())
                .isEqualTo(NIGHT.value());
        assertThat(get(OPERATOR, "/api/backups/latest/download").statusCode()).isEqualTo(200);
        assertThat(asked).contains("/site/archives/" + NIGHT + "?stack=rag");

        RecoveryPointId alone = Samples.point("rag", 4);
        feed(List.of(Samples.taken(alone, Samples.REDIS, Samples.day(4))));
        asked = "";
        for (String path : List.of("/api/backups/latest", "/api/backups/latest/download")) {
            var refused = get(OPERATOR, path);

            assertThat(code(refused)).isEqualTo("HF-C18");
            assertThat(json(refused).path("detail").asString())
                    .contains(NIGHT + "=[files]", alone + "=[redis]", "Give the id");
        }
        assertThat(asked).isEmpty();
        get(OPERATOR, "/api/backups/latest/download?component=redis");
        assertThat(asked).contains("/site/archives/" + alone);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 1_000_000})
    void aBrokenStreamNeverLooksWhole(int bytesBeforeItBreaks) throws Exception {
        try (var dying = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerAndDie(dying, bytesBeforeItBreaks));
            feed(List.of(alive(dying.getLocalPort(), Samples.NOW)));

            assertThatThrownBy(() -> client().send(
                                    request(OPERATOR, "/api/backups/nightly/download")
                                            .build(),
                                    BodyHandlers.ofByteArray()))
                    .isInstanceOf(IOException.class);
        }
    }

    @RepeatedTest(5)
    void aSiteThatDiesBeforeTheFirstByteGivesNoArchive() throws Exception {
        try (var dying = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerAndDie(dying, 0));
            feed(List.of(alive(dying.getLocalPort(), Samples.NOW)));

            assertThat(statusOrCut("/api/backups/nightly/download")).isIn("503", "cut");
        }
    }

    /** Whether the end of the stream is seen before or after its head depends on the network. */
    private String statusOrCut(String path) throws InterruptedException {
        try {
            return String.valueOf(get(OPERATOR, path).statusCode());
        } catch (IOException _) {
            return "cut";
        }
    }

    private static void answerAndDie(ServerSocket server, int bytes) {
        try (Socket socket = server.accept()) {
            var request = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            while (!request.readLine().isEmpty()) {
                // the request's headers
            }
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            if (bytes > 0) {
                out.write("%x\r\n".formatted(bytes).getBytes(StandardCharsets.US_ASCII));
                out.write(ARCHIVE, 0, bytes);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatTheSiteRefusesIsToldWithItsReason() throws Exception {
        answer(exchange -> {
            byte[] problem =
                    "{\"detail\":\"The vault is being pruned.\",\"code\":\"HF-R9\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(409, problem.length);
            exchange.getResponseBody().write(problem);
        });
        var refused = get(OPERATOR, "/api/backups/nightly/download");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).path("detail").asString()).contains("being pruned");
        assertThat(json(refused).path("site_code").asString()).isEqualTo("HF-R9");
    }

    @Test
    void aTokenThatTheSiteDoesNotAcceptIsNotTheCallersFault() throws Exception {
        answer(exchange -> exchange.sendResponseHeaders(401, -1));
        var refused = get(OPERATOR, "/api/backups/nightly/download");

        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(code(refused)).isEqualTo("HF-C27");
        assertThat(refused.body()).doesNotContain(SITE);
    }

    @Test
    void aSiteThatShowsNoLifeIsNotAsked() throws Exception {
        feed(List.of(alive(Samples.NOW.minusSeconds(61))));
        var refused = get(OPERATOR, "/api/backups/nightly/download");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(code(refused)).isEqualTo("HF-C25");
        assertThat(asked).isEmpty();
    }

    @Test
    void whatCannotBeWrittenDownIsNotRead() throws Exception {
        publisher.goAwayAfter(0);

        assertThat(get(OPERATOR, "/api/backups/nightly/download").statusCode()).isEqualTo(503);
        assertThat(asked).isEmpty();
    }

    @Test
    void refusesFormatsAndComponentsThatDoNotExist() throws Exception {
        assertThat(code(get(OPERATOR, "/api/backups/nightly/download?format=zip")))
                .isEqualTo("HF-C18");
        assertThat(code(get(OPERATOR, "/api/backups/nightly/download?component=reids")))
                .isEqualTo("HF-C13");
    }

    private ServiceAlive alive(Instant at) {
        return alive(site.getAddress().getPort(), at);
    }

    private static ServiceAlive alive(int port, Instant at) {
        return new ServiceAlive("restore-1", "restore-service", "local", "http://127.0.0.1:" + port, null, null, at);
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void answer(Answer answer) {
        site.createContext("/", exchange -> {
            asked = exchange.getRequestHeaders().getFirst("Authorization") + " " + exchange.getRequestURI();
            try (exchange) {
                answer.to(exchange);
            }
        });
    }
}
