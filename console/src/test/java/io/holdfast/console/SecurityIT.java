package io.holdfast.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SecurityIT extends ConsoleTestBase {

    @ParameterizedTest
    @ValueSource(strings = {"/api/status", "/api/backups", "/v3/api-docs", "/actuator/info", "/nothing", "/"})
    void nothingIsToldWithoutAToken(String path) throws Exception {
        HttpResponse<String> refused = get("", path);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(v -> assertThat(v).startsWith("Bearer"));
        assertThat(code(refused)).isEqualTo("HF-C01");
        assertThat(json(refused).path("instance").asString()).isEqualTo(path);
    }

    @Test
    void aTokenThatIsNotKnownIsRefusedAndNeverLogged(CapturedOutput output) throws Exception {
        HttpResponse<String> refused = get("wrong-token-42-wrong-token-42", "/api/status?secret=x9x9");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(output.toString()).contains("Refused a token").doesNotContain("wrong-token-42", "x9x9");
    }

    @Test
    void aTokenInTheQueryCountsForNothing() throws Exception {
        assertThat(get("", "/api/status?access_token=" + ADMINISTRATOR).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aViewerSeesButDoesNothing() throws Exception {
        assertThat(get(VIEWER, "/api/status").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = post(VIEWER, "/api/backups/create", "{}");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(refused)).isEqualTo("HF-C02");
        assertThat(json(refused).path("detail").asString()).contains("vera");
        assertThat(publisher.published()).isEmpty();
    }

    @Test
    void aViewerReadsNoDataOutOfBackups() throws Exception {
        assertThat(get(VIEWER, "/api/backups/x/download").statusCode()).isEqualTo(403);
        assertThat(get(OPERATOR, "/api/backups/x/download").statusCode()).isEqualTo(404);
    }

    @Test
    void onlyAnAdministratorChangesThePlan() throws Exception {
        var put = request(OPERATOR, "/api/plan").header("Content-Type", "application/yaml");

        assertThat(send(put.PUT(BodyPublishers.ofString("x"))).statusCode()).isEqualTo(403);
        put = request(ADMINISTRATOR, "/api/plan").header("Content-Type", "application/yaml");
        assertThat(send(put.PUT(BodyPublishers.ofString("x"))).statusCode()).isEqualTo(422);
    }

    @Test
    void healthIsOpenAndEveryAnswerHasStrictHeaders() throws Exception {
        HttpResponse<String> health = get("", "/actuator/health");

        assertThat(health.statusCode()).isIn(200, 503);
        assertThat(health.headers().firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; frame-ancestors 'none'");
        assertThat(health.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(health.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(health.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void theSitesOwnDoorSeesItsOwnToken() throws Exception {
        assertThat(get(SITE, "/site/ping").body()).isEqualTo("pong");
        assertThat(get(SITE, "/api/status").statusCode()).isEqualTo(401);
    }

    @Test
    void bodiesMustSayTheirSizeAndKeepToIt() throws Exception {
        HttpResponse<String> large = post(OPERATOR, "/api/backups/create", " ".repeat(1_100_000));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(code(large)).isEqualTo("HF-C09");

        var endless = request(OPERATOR, "/api/backups/create").header("Content-Type", "application/json");
        var unsized = BodyPublishers.ofInputStream(
                () -> new java.io.ByteArrayInputStream("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(send(endless.POST(unsized)).statusCode()).isEqualTo(411);
    }

    @Test
    void noPasswordIsMadeUp(CapturedOutput output) {
        assertThat(output.toString()).doesNotContain("generated security password");
    }
}
