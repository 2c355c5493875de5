package io.holdfast.console;

import io.holdfast.console.view.BackupsView;
import io.holdfast.console.view.IncidentsView;
import io.holdfast.console.view.PlanView;
import io.holdfast.console.view.RestoresView;
import io.holdfast.console.view.StatusView;
import io.holdfast.events.Event;
import io.holdfast.events.PlanRecord.RegionPlanned;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks HTTP to a console without a broker, whose views are fed by hand. It is one for all classes, so it knows what others
 * fed; {@link FreshConsole} gives a class its own.
 */
@SpringBootTest(
        classes = ConsoleHarness.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "logging.level.root=info") // as for operators: tests look for secrets there
abstract class ConsoleTestBase {

    static final String VIEWER = "viewer-token-0123456789";
    static final String OPERATOR = "operator-token-0123456789";
    static final String ADMINISTRATOR = "administrator-token-0123456789";
    static final String SITE = "site-token-0123456789-0123456789";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Autowired
    CollectingPublisher publisher;

    @Autowired
    BackupsView backups;

    @Autowired
    RestoresView restores;

    @Autowired
    IncidentsView incidents;

    @Autowired
    StatusView status;

    @Autowired
    PlanView plan;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws IOException, NoSuchAlgorithmException {
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "consoles")), "")
                .toAbsolutePath();
        Path tokens = directory.resolve("tokens");
        Files.writeString(
                tokens,
                "%s vera viewer%n%s otto operator%n%s ada administrator%n"
                        .formatted(sha256(VIEWER), sha256(OPERATOR), sha256(ADMINISTRATOR)));
        Path site = directory.resolve("site-token");
        Files.writeString(site, SITE);
        Files.setPosixFilePermissions(site, PosixFilePermissions.fromString("rw-------"));
        registry.add("server.address", () -> "127.0.0.1");
        registry.add("holdfast.console.token-file", () -> tokens);
        registry.add("holdfast.console.site-token-file", () -> site);
        registry.add("holdfast.console.state-directory", () -> directory.resolve("state"));
    }

    private static String sha256(String token) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    }

    @BeforeEach
    void startClean() {
        publisher.clear();
    }

    void feed(List<? extends Event> events) {
        for (Event event : events) {
            var envelope = Samples.envelope(event);
            plan.on(envelope);
            backups.on(envelope);
            restores.on(envelope);
            incidents.on(envelope);
            status.on(envelope);
        }
    }

    /** A plan with the stack {@code rag} at the site {@code local} and the region {@code north}. */
    void feedPlan() {
        feed(List.of(
                Samples.planned(Samples.REDIS),
                Samples.planned(Samples.FILES),
                new RegionPlanned("north", "/mnt/north", null, null, 1)));
    }

    HttpResponse<String> get(String token, String path) throws IOException, InterruptedException {
        return send(request(token, path).GET());
    }

    HttpResponse<String> post(String token, String path, String json, String... headers)
            throws IOException, InterruptedException {
        var request = request(token, path).header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String token, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    static HttpClient client() {
        return CLIENT;
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    static String code(HttpResponse<String> response) {
        return json(response).path("code").asString("");
    }
}
