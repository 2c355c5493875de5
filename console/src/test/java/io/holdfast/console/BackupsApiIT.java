package io.holdfast.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.console.api.ApiConfiguration;
import io.holdfast.events.AuditEvent.ActionAudited;
import io.holdfast.events.BackupKind;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.RecoveryPointRequested;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BackupsApiIT extends ConsoleTestBase {

    private static final String CREATE = "/api/backups/create";

    @BeforeEach
    void plan() {
        feedPlan();
    }

    @Test
    void asksTheSchedulerAndWritesDownWhoAsked() throws Exception {
        HttpResponse<String> accepted =
                post(OPERATOR, CREATE, "{\"name\":\"before-upgrade\",\"collections\":[\"redis\"],\"kind\":\"full\"}");

        assertThat(accepted.statusCode()).isEqualTo(202);
        String id = json(accepted).path("id").asString();
        assertThat(json(accepted).path("status").asString()).isEqualTo("RUNNING");
        var asked = publisher.all(RecoveryPointRequested.class).getFirst();
        assertThat(asked)
                .isEqualTo(new RecoveryPointRequested(
                        "rag",
                        new RecoveryPointId(id),
                        List.of("redis"),
                        BackupKind.FULL,
                        "before-upgrade",
                        "otto",
                        Samples.NOW.plusSeconds(900)));
        assertThat(publisher.published().getLast().topic()).isEqualTo("holdfast.requests.central");
        assertThat(publisher.published().getLast().envelope().source()).isEqualTo(ApiConfiguration.SOURCE);
        assertThat(publisher.all(ActionAudited.class).getFirst())
                .isEqualTo(new ActionAudited("otto", "backup", id, null, "127.0.0.1", Samples.NOW));
        assertThat(get(VIEWER, json(accepted).path("links").path("status").asString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theSameKeyAndCallerGiveTheSameBackupOnce() throws Exception {
        var first = post(OPERATOR, CREATE, "{}", "Idempotency-Key", "k-1");
        var again = post(OPERATOR, CREATE, "{}", "Idempotency-Key", "k-1");
        var other = post(ADMINISTRATOR, CREATE, "{}", "Idempotency-Key", "k-1");

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(json(again)).isEqualTo(json(first));
        assertThat(json(other).path("id")).isNotEqualTo(json(first).path("id"));
        assertThat(publisher.all(RecoveryPointRequested.class)).hasSize(2);
    }

    @Test
    void aKeyIsNotUsedForSomethingElse() throws Exception {
        post(OPERATOR, CREATE, "{}", "Idempotency-Key", "k-2");
        var other = post(OPERATOR, CREATE, "{\"kind\":\"full\"}", "Idempotency-Key", "k-2");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(code(other)).isEqualTo("HF-C14");
        assertThat(publisher.all(RecoveryPointRequested.class)).hasSize(1);
    }

    @Test
    void aRefusedRequestDoesNotUseItsKeyUp() throws Exception {
        assertThat(post(OPERATOR, CREATE, "{\"collections\":[\"reids\"]}", "Idempotency-Key", "k-3")
                        .statusCode())
                .isEqualTo(422);
        assertThat(post(OPERATOR, CREATE, "{\"collections\":[\"redis\"]}", "Idempotency-Key", "k-3")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void aRequestThatTheBrokerDidNotTakeIsRepeatedWithTheSameId() throws Exception {
        publisher.goAwayAfter(1);
        var failed = post(OPERATOR, CREATE, "{}", "Idempotency-Key", "k-4");
        publisher.comeBack();
        var again = post(OPERATOR, CREATE, "{}", "Idempotency-Key", "k-4");

        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(code(failed)).isEqualTo("HF-C04");
        assertThat(json(failed).path("detail").asString()).contains("safe");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(publisher.all(ActionAudited.class))
                .extracting(ActionAudited::subject)
                .containsExactly(
                        json(again).path("id").asString(),
                        json(again).path("id").asString());
    }

    @Test
    void aMistypedFieldBacksUpNothing() throws Exception {
        var refused = post(OPERATOR, CREATE, "{\"colections\":[\"redis\"]}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("detail").asString())
                .contains("colections")
                .contains("collections");
        assertThat(publisher.published()).isEmpty();
    }

    @Test
    void aNameThatTheShellDidNotFillInIsRefused() throws Exception {
        var refused = post(OPERATOR, CREATE, "{\"name\":\"backup-$(date +%Y%m%d)\"}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).path("detail").asString()).contains("double quotes");
    }

    @Test
    void listsPageByPageNewestFirst() throws Exception {
        for (int day = 201; day <= 205; day++) {
            feed(List.of(new RecoveryPointRequested(
                    "paged",
                    Samples.point("paged", day),
                    List.of("a"),
                    BackupKind.FULL,
                    "same-name",
                    "otto",
                    Samples.NOW)));
        }
        JsonNode first = json(get(VIEWER, "/api/backups?stack=paged&limit=3"));
        JsonNode second = json(get(VIEWER, first.path("next").asString()));

        assertThat(ids(first))
                .containsExactly(
                        Samples.point("paged", 205).value(),
                        Samples.point("paged", 204).value(),
                        Samples.point("paged", 203).value());
        assertThat(ids(second))
                .containsExactly(
                        Samples.point("paged", 202).value(),
                        Samples.point("paged", 201).value());
        assertThat(second.has("next")).isFalse();
        assertThat(json(get(VIEWER, "/api/backups/same-name")).path("id").asString())
                .isEqualTo(Samples.point("paged", 205).value());
    }

    @Test
    void aStackThatNothingKnowsHasNoEmptyList() throws Exception {
        var unknown = get(VIEWER, "/api/backups?stack=rga");

        assertProblem(unknown, 422, "HF-C13");
        assertThat(json(unknown).path("detail").asString()).contains("'rga'", "rag");
        assertProblem(get(VIEWER, "/api/backups/nightly?stack=rga"), 422, "HF-C13");
        assertProblem(get(OPERATOR, "/api/backups/nightly/download?stack=rga"), 422, "HF-C13");
        assertProblem(get(VIEWER, "/api/backups?stack="), 422, "HF-C18");
        assertThat(get(VIEWER, "/api/backups?stack=rag").statusCode()).isEqualTo(200);
    }

    @Test
    void showsWhereEachCopyLies() throws Exception {
        feed(Samples.wholeRun(Samples.point("rag", 7)));
        JsonNode redis = json(get(VIEWER, "/api/backups/" + Samples.point("rag", 7)))
                .path("components")
                .get(1);

        assertThat(redis.path("component").asString()).isEqualTo("redis");
        assertThat(redis.path("places").toString()).isEqualTo("[\"north\",\"vault\"]");
        assertThat(redis.path("taken_at").asString()).isEqualTo(Samples.day(1).toString());
    }

    @Test
    void aNameThatIsAnIdAlreadyIsRefusedAndADateIsNot() throws Exception {
        RecoveryPointId point = Samples.point("rag", 9);
        feed(Samples.wholeRun(point));
        String snapshot = Samples.snapshot(point, "redis").value();

        for (String id : List.of(point.value(), snapshot, snapshot.substring(0, 8))) {
            assertProblem(post(OPERATOR, CREATE, "{\"name\": \"%s\"}".formatted(id)), 422, "HF-C18");
        }
        assertThat(post(OPERATOR, CREATE, "{\"name\": \"20240115\"}").statusCode())
                .isEqualTo(202);
    }

    @Test
    void anUnknownBackupNamesWhatThereIs() throws Exception {
        feed(Samples.wholeRun(Samples.point("rag", 8)));
        var unknown = get(VIEWER, "/api/backups/backup-19990101");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(code(unknown)).isEqualTo("HF-C15");
        assertThat(json(unknown).path("detail").asString()).contains("The newest are [rag-");
    }

    @Test
    void wrongPathsMethodsAndTypesAreProblemsToo() throws Exception {
        assertProblem(get(ADMINISTRATOR, "/api/nothing"), 404, "HF-C05");
        assertProblem(send(request(ADMINISTRATOR, "/api/backups").DELETE()), 405, "HF-C06");
        assertProblem(
                send(request(OPERATOR, CREATE)
                        .header("Content-Type", "text/html")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("x"))),
                415,
                "HF-C07");
        assertProblem(post(OPERATOR, CREATE, "{"), 400, "HF-C08");
        assertProblem(post(OPERATOR, CREATE, "{\"name\": 5}"), 400, "HF-C08");
        assertProblem(post(OPERATOR, CREATE, "{\"collections\": [true]}"), 400, "HF-C08");
        assertProblem(post(OPERATOR, CREATE, "{\"kind\": \"full\", \"kind\": \"incremental\"}"), 400, "HF-C08");
        assertProblem(post(OPERATOR, CREATE, "{\"collections\": [null]}"), 422, "HF-C18");
        assertProblem(post(OPERATOR, CREATE, "{\"stack\": \"\"}"), 422, "HF-C18");
        assertProblem(post(OPERATOR, CREATE, "{\"name\": \"\"}"), 422, "HF-C18");
        assertProblem(get(VIEWER, "/api/backups?limit=many"), 400, "HF-C08");
        assertProblem(get(VIEWER, "/api/backups?limit=0"), 422, "HF-C18");
        assertProblem(get(VIEWER, "/api/a;b"), 400, "HF-C08");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"name\": 5}                         | field 'name' holds a value of the wrong kind",
                "{\"collections\": [\"a\", true]}      | field 'collections[1]' holds a value of the wrong kind",
                "{\"collections\": \"redis\"}          | field 'collections' holds a value of the wrong kind",
                "{\"colections\": []}                  | field 'colections' is not known",
                "{\"kind\": \"full\", \"kind\": null}  | column 24: Duplicate Object property \"kind\"",
                "{\"kind\": full}                      | line 1, column",
                "[]                                    | no JSON object",
                "``                                    | missing"
            })
    void whatCannotBeReadIsNamed(String body, String named) throws Exception {
        var refused = post(OPERATOR, CREATE, body);

        assertProblem(refused, 400, "HF-C08");
        assertThat(json(refused).path("detail").asString())
                .contains(named)
                .doesNotContain("io.holdfast", "tools.jackson")
                .contains("Nothing was changed.");
    }

    /** As a client that writes its headers in UTF-8 sends it; Java's would not. */
    @Test
    void aHeaderThatNoneMaySendIsAProblemToo() throws Exception {
        assertThat(raw("POST " + CREATE, "Idempotency-Key: \u2602"))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json", "HF-C08");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%ff", "a%2fb", "%zz", "%2e%2e/status", "a%5cb", "..%2f..%2fx"})
    void aPathThatNoneMayHaveIsAProblemToo(String path) throws Exception {
        assertThat(raw("GET /api/backups/" + path, "Idempotency-Key: x"))
                .startsWith("HTTP/1.1 4")
                .contains("application/problem+json", "\"code\":\"HF-C")
                .doesNotContain("<html", "Tomcat");
    }

    private String raw(String route, String header) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("""
                    %s HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    %s\r
                    Connection: close\r
                    Content-Type: application/json\r
                    Content-Length: 2\r
                    \r
                    {}
                    """.formatted(route, OPERATOR, header).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(code(response)).isEqualTo(code);
        assertThat(json(response).path("instance").asString()).isNotEmpty();
        assertThat(json(response).path("detail").asString()).isNotEmpty();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("backups")
                .valueStream()
                .map(b -> b.path("id").asString())
                .toList();
    }
}
