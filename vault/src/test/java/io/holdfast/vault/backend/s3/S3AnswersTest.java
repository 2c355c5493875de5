package io.holdfast.vault.backend.s3;

import static io.holdfast.vault.backend.BackendContractTest.kindOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Kind;
import io.holdfast.vault.backend.BackendOptions;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Handle;
import io.holdfast.vault.backend.ObjectLock;
import io.holdfast.vault.backend.s3.S3Calls.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
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
    private static final Handle TREES = Handle.ofTrees("cd".repeat(32));
    private static final Handle LOCK = new Handle(FileType.LOCK, "ef".repeat(32));
    private static final byte[] CONTENT = new byte[10];
    private static final String ITS_MD5 = Digests.of(CONTENT).md5();
    private static final String OTHER_MD5 = "0".repeat(32);
    private static final Patience LONG = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20));
    private static final Patience SHORT = new Patience(Duration.ofSeconds(20), Duration.ofMillis(300));

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<Headers> headers = new ArrayList<>();
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
        backend = at(port(), BackendOptions.defaults(), LONG);
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

    @ParameterizedTest
    @CsvSource({
        "RequestTimeTooSkewed, Set this machine's clock",
        "InvalidAccessKeyId, Correct the access key",
        "SignatureDoesNotMatch, Correct the secret key",
        "AccessDenied, what the bucket's policy lets them do",
    })
    void saysWhichOfThreeKindsOfDenialItIs(String code, String remedy) {
        error(403, code);

        assertThatThrownBy(() -> backend.load(PACK)).hasMessageContaining(remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, Access Denied because object protected by object lock., RETAINED",
        "400, InvalidRequest, Object is WORM protected and cannot be overwritten, RETAINED",
        "403, RetentionPolicyNotMet, The object is subject to a retention policy, RETAINED",
        "403, AccessDenied, Access Denied, DENIED",
        "400, InvalidRequest, Missing required header, MISCONFIGURED",
    })
    void tellsAFileThatIsKeptFromOneThatItMayNotDelete(int status, String code, String message, Kind kind) {
        error(status, code, message);

        assertThat(kindOf(() -> backend.delete(PACK))).isEqualTo(kind);
    }

    @Test
    void callsAServerThatFallsSilentUnreachable() {
        try (S3Backend hasty = at(port(), BackendOptions.defaults(), SHORT)) {
            assertThat(kindOf(() -> hasty.load(PACK))).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void callsAPortWhereNobodyListensUnreachable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (S3Backend nobody = at(port, BackendOptions.defaults(), LONG)) {
            assertThat(kindOf(() -> nobody.list(FileType.PACK))).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void callsABodyThatBreaksOffUnreachable() {
        answers.add(new Answer(200, "text/plain", "only this", Map.of("Content-Length", "1000")));

        assertThat(kindOf(() -> backend.load(PACK))).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void callsAListingThatBreaksOffUnreachable() {
        answers.add(new Answer(200, "application/xml", listing(false, 1, PACK), Map.of("Content-Length", "10000")));

        assertThat(kindOf(() -> backend.list(FileType.PACK))).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void storesWithOneRequest() throws BackendException {
        answers.add(stored(ITS_MD5));

        backend.store(PACK, CONTENT);

        assertThat(requests).containsExactly("PUT /bucket/" + PACK + " if-none-match");
    }

    @Test
    void readsBackWhatTheStoreGivesNoChecksumFor() throws BackendException {
        answers.add(stored("no-digest"));
        answers.add(new Answer(200, "text/plain", "\0".repeat(CONTENT.length)));
        answers.add(stored("no-digest"));
        answers.add(new Answer(200, "text/plain", "\0".repeat(CONTENT.length - 1)));

        backend.store(PACK, CONTENT);

        assertThatThrownBy(() -> backend.store(PACK, CONTENT))
                .hasMessageContaining("did not arrive as it was sent")
                .extracting("kind")
                .isEqualTo(Kind.DAMAGED);
    }

    @Test
    void isContentWithAFileThatIsThereAlready() throws BackendException {
        error(412, "PreconditionFailed");
        answers.add(found(ITS_MD5));

        backend.store(PACK, CONTENT);

        assertThat(requests).containsExactly("PUT /bucket/" + PACK + " if-none-match", "HEAD /bucket/" + PACK);
    }

    @Test
    void overwritesAFileThatIsThereAndDiffers() throws BackendException {
        error(412, "PreconditionFailed");
        answers.add(found(OTHER_MD5));
        answers.add(stored(ITS_MD5));

        backend.store(PACK, CONTENT);

        assertThat(requests)
                .containsExactly(
                        "PUT /bucket/" + PACK + " if-none-match", "HEAD /bucket/" + PACK, "PUT /bucket/" + PACK);
    }

    @Test
    void givesPacksOfDataTheStorageClassAndEverythingButLocksARetention() throws BackendException {
        BackendOptions options = BackendOptions.defaults()
                .withStorageClass("STANDARD_IA")
                .withObjectLock(new ObjectLock(ObjectLock.Mode.GOVERNANCE, Duration.ofDays(30)));
        try (S3Backend archive = at(port(), options, LONG)) {
            for (Handle handle : List.of(PACK, TREES, LOCK)) {
                answers.add(stored(ITS_MD5));
                archive.store(handle, CONTENT);
            }
        }

        assertThat(headers)
                .extracting(sent -> sent.getFirst("X-Amz-Storage-Class"))
                .containsExactly("STANDARD_IA", null, null);
        assertThat(headers)
                .extracting(sent -> sent.getFirst("X-Amz-Object-Lock-Mode"))
                .containsExactly("GOVERNANCE", "GOVERNANCE", null);
        assertThat(Instant.parse(headers.getFirst().getFirst("X-Amz-Object-Lock-Retain-Until-Date")))
                .isBetween(
                        Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(31)));
        assertThat(headers.getLast()).doesNotContainKey("X-Amz-Object-Lock-Retain-Until-Date");
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
        answers.add(stored(OTHER_MD5));

        assertThat(kindOf(() -> backend.store(PACK, CONTENT))).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void refusesAListingThatStopsWithoutAnEnd() {
        answers.add(new Answer(200, "application/xml", listing(true, 1, PACK)));

        assertThatThrownBy(() -> backend.list(FileType.PACK))
                .hasMessageContaining("the listing ended before its end")
                .extracting("kind")
                .isEqualTo(Kind.DAMAGED);
    }

    @Test
    void refusesAListingThatShowsLessThanItCounts() {
        answers.add(new Answer(200, "application/xml", listing(false, 2, PACK)));

        assertThat(kindOf(() -> backend.list(FileType.PACK))).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void foundsARepositoryWhereTheStoreKnowsNoPreconditions() throws BackendException {
        error(404, "NoSuchKey");
        error(501, "NotImplemented");
        answers.add(stored(ITS_MD5));
        answers.add(stored(ITS_MD5));

        backend.store(Handle.CONFIG, CONTENT);
        backend.store(PACK, CONTENT);

        assertThat(requests)
                .containsExactly(
                        "HEAD /bucket/config",
                        "PUT /bucket/config if-none-match",
                        "PUT /bucket/config",
                        "PUT /bucket/" + PACK);
    }

    private static String listing(boolean truncated, int count, Handle handle) {
        return """
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><Prefix>data/</Prefix>\
                <KeyCount>%d</KeyCount><MaxKeys>1</MaxKeys><IsTruncated>%s</IsTruncated><Contents><Key>%s</Key>\
                <LastModified>2026-11-21T06:00:00.000Z</LastModified><Size>1</Size></Contents></ListBucketResult>""".formatted(count, truncated, handle);
    }

    private static Answer stored(String etag) {
        return new Answer(200, "text/plain", "", Map.of("ETag", "\"" + etag + "\""));
    }

    private static Answer found(String etag) {
        return new Answer(
                200,
                "text/plain",
                "",
                Map.of("Content-Length", "10", "ETag", etag, "Last-Modified", "Sat, 21 Nov 2026 06:00:00 GMT"));
    }

    private void error(int status, String code) {
        error(status, code, "It failed.");
    }

    private void error(int status, String code, String message) {
        answers.add(new Answer(
                status,
                "application/xml",
                "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message)));
    }

    /** Answers what the test laid ready, and after that nothing at all. */
    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        headers.add(exchange.getRequestHeaders());
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
        String promised = answer.headers().get("Content-Length");
        long length = promised == null || head ? body.length : Long.parseLong(promised);
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private static S3Backend at(int port, BackendOptions options, Patience patience) {
        S3Location location = S3Location.parse("s3:http://127.0.0.1:%d/bucket".formatted(port), null);
        return S3Backend.at(location, new S3Credentials("access", "secret"), options, patience);
    }
}
