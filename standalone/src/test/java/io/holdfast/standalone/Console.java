package io.holdfast.standalone;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator's program: it knows the REST API and a token, and nothing else. */
final class Console {

    /** Longer than anything takes on a machine that does much else. */
    static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final String token;

    Console(String url, String token) {
        this.url = url;
        this.token = token;
    }

    JsonNode get(String path) {
        return JSON.readTree(body(send(request(path).GET().build())));
    }

    JsonNode post(String path, Map<String, ?> body, @Nullable String idempotencyKey) {
        var request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return JSON.readTree(body(send(request.build())));
    }

    JsonNode putPlan(String text) {
        return putPlan("/api/plan", text);
    }

    /** Puts a plan in the place of the one in force. */
    JsonNode replacePlan(String text) {
        long inForce = get("/api/plan").path("revision").longValue();
        return putPlan("/api/plan?replaces=" + inForce, text);
    }

    private JsonNode putPlan(String path, String text) {
        return JSON.readTree(body(send(request(path)
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(text))
                .build())));
    }

    /** Asks for a backup and returns its id. */
    String backUp(String name) {
        return post("/api/backups/create", Map.of("name", name), null)
                .path("id")
                .stringValue();
    }

    /** Asks for a restore and returns its id. */
    String restore(Map<String, ?> body) {
        return post("/api/backups/restore", body, null).path("id").stringValue();
    }

    void download(String id, Path file) throws IOException, InterruptedException {
        downloadFrom("/api/backups/" + id + "/download", file);
    }

    void download(String id, String component, Path file) throws IOException, InterruptedException {
        downloadFrom("/api/backups/" + id + "/download?component=" + component, file);
    }

    private void downloadFrom(String path, Path file) throws IOException, InterruptedException {
        HttpResponse<Path> response = client.send(request(path).GET().build(), BodyHandlers.ofFile(file));
        if (response.statusCode() != 200) {
            throw new IllegalStateException("download answered " + response.statusCode());
        }
    }

    JsonNode awaitThat(String path, Predicate<JsonNode> condition) {
        return await(path)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> get(path), condition);
    }

    /** Waits until a backup is complete and every snapshot of it lies in all the places. */
    JsonNode awaitBackup(String id, String... places) {
        return awaitThat(
                "/api/backups/" + id,
                backup -> backup.path("status").stringValue("").equals("COMPLETE")
                        && backup.path("components").valueStream().allMatch(component -> holds(component, places)));
    }

    /** Waits until a restore has ended, well or not. */
    JsonNode awaitRestore(String id) {
        return awaitThat(
                "/api/restores/" + id,
                restore -> Stream.of("COMPLETED", "FAILED", "REFUSED")
                        .anyMatch(restore.path("status").stringValue("")::equals));
    }

    /** The newest backup's id, once there is one. */
    String awaitFirstBackup() {
        return awaitThat("/api/backups", list -> !list.path("backups").isEmpty())
                .path("backups")
                .path(0)
                .path("id")
                .stringValue();
    }

    private static boolean holds(JsonNode component, String... places) {
        return Stream.of(places)
                .allMatch(place -> component
                        .path("places")
                        .valueStream()
                        .anyMatch(held -> held.stringValue().equals(place)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String body(HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    "%s answered %d: %s".formatted(response.request().uri(), response.statusCode(), response.body()));
        }
        return response.body();
    }
}
