package io.holdfast.vault.backend.s3;

import static io.holdfast.vault.backend.BackendContractTest.kindOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.s3.S3Calls.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the backend makes of answers that a well-behaved store seldom gives. */
class S3AnswersTest {

    private static final Handle PACK = new Handle(FileType.PACK, "ab".repeat(32));
    private static final Patience SHORT = new Patience(Duration.ofSeconds(5), Duration.ofMillis(300));

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final HttpServer server;
    private final S3Backend backend;

    private record Answer(int status, String type, String body, Map<String, String> headers) {
        Answer(int status, String type, String body) {
            this(status, type, body, Map.of());
        }
    }

    S3AnswersTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        backend = at(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        backend.close();
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "503, SlowDown, UNREACHABLE",
        "503, ServiceUnavailable, UNREACHABLE",
        "500, InternalError, UNREACHABLE",
        "400, RequestTimeout, UNREACHABLE",
        "409, OperationAborted, UNREACHABLE",
        "429, TooManyRequests, UNREACHABLE",
        "403, AccessDenied, DENIED",
        "403, RequestTimeTooSkewed, DENIED",
        "403, InvalidObjectState, MISCONFIGURED",
        "301, PermanentRedirect, MISCONFIGURED",
        "400, AuthorizationHeaderMalformed, MISCONFIGURED",
        "404, NoSuchBucket, MISCONFIGURED",
        "501, NotImplemented, MISCONFIGURED",
        "400, BadDigest, DAMAGED",
        "507, XMinioStorageFull, FULL",
        "404, NoSuchKey, NOT_FOUND",
    })
    void readsTheStoresErrorCodes(int status, String code, Kind kind) {
        error(status, code);

        assertThatThrownBy(() -> backend.load(PACK))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("It failed (%s). ".formatted(code))
                .extracting("kind")
                .isEqualTo(kind);
        assertThat(requests).as("no request is repeated silently").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"502, UNREACHABLE", "504, UNREACHABLE", "403, DENIED", "404, MISCONFIGURED"})
    void readsTheStatusWhereSomethingElseAnswers(int status, Kind kind) {
        answers.add(new Answer(status, "text/html", "<html>gateway</html>"));

        assertThat(kindOf(() -> backend.load(PACK))).isEqualTo(kind);
    }

    @Test
    void callsAServerThatFallsSilentUnreachable() {
        assertThat(kindOf(() -> backend.load(PACK))).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void callsAPortWhereNobodyListensUnreachable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (S3Backend nobody = at(port)) {
            assertThat(kindOf(() -> nobody.list(FileType.PACK))).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void noticesAStoreThatHoldsLessThanWasSent() {
        answers.add(new Answer(200, "text/plain", "", Map.of("ETag", "no-digest")));
        answers.add(new Answer(
                200,
                "text/plain",
                "",
                Map.of("Content-Length", "3", "ETag", "no-digest", "Last-Modified", "Sat, 21 Nov 2026 06:00:00 GMT")));

        assertThatThrownBy(() -> backend.store(PACK, new byte[10]))
                .hasMessageContaining("3 of 10 bytes are there")
                .extracting("kind")
                .isEqualTo(Kind.DAMAGED);
    }

    @Test
    void survivesAnAnswerThatIsNotS3() {
        answers.add(new Answer(200, "text/html", "<html>Please log in</html>"));
        answers.add(new Answer(200, "text/html", "<html>Please log in</html>"));

        assertThatThrownBy(() -> backend.store(PACK, new byte[10]))
                .hasMessageContaining("the answer is none that S3 gives")
                .extracting("kind")
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(kindOf(() -> backend.list(FileType.PACK))).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void noticesAnEtagOfOtherContent() {
        answers.add(new Answer(200, "text/plain", "", Map.of("ETag", "\"" + "0".repeat(32) + "\"")));

        assertThat(kindOf(() -> backend.store(PACK, new byte[10]))).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void refusesAListingThatStopsWithoutAnEnd() {
        answers.add(
                new Answer(
                        200,
                        "application/xml",
                        "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>bucket</Name><Prefix>data/</Prefix><KeyCount>1</KeyCount><MaxKeys>1</MaxKeys><IsTruncated>true</IsTruncated><Contents><Key>data/ab/"
                                + PACK.name()
                                + "</Key><LastModified>2026-11-21T06:00:00.000Z</LastModified><Size>1</Size></Contents></ListBucketResult>"));

        assertThatThrownBy(() -> backend.list(FileType.PACK))
                .hasMessageContaining("the listing ended before its end")
                .extracting("kind")
                .isEqualTo(Kind.DAMAGED);
    }

    @Test
    void foundsARepositoryWhereTheStoreKnowsNoPreconditions() throws BackendException {
        error(404, "NoSuchKey");
        answers.add(new Answer(200, "text/plain", ""));
        error(501, "NotImplemented");
        answers.add(new Answer(
                200, "text/plain", "", Map.of("ETag", Digests.of(new byte[4]).md5())));

        backend.store(Handle.CONFIG, new byte[4]);

        assertThat(requests)
                .containsExactly(
                        "HEAD /bucket/config",
                        "HEAD /bucket",
                        "PUT /bucket/config if-none-match",
                        "PUT /bucket/config");
    }

    private void error(int status, String code) {
        answers.add(new Answer(
                status,
                "application/xml",
                "<Error><Code>%s</Code><Message>It failed.</Message></Error>".formatted(code)));
    }

    /** Answers what the test laid ready, and after that nothing at all. */
    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean conditional = exchange.getRequestHeaders().containsKey("If-None-Match");
        requests.add("%s %s%s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getPath(),
                        conditional ? " if-none-match" : ""));
        Answer answer = answers.poll();
        if (answer == null) {
            return;
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] body = head ? new byte[0] : answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static S3Backend at(int port) {
        S3Location location = S3Location.parse("s3:http://127.0.0.1:%d/bucket".formatted(port), null);
        return S3Backend.at(location, new S3Credentials("access", "secret"), SHORT);
    }
}
