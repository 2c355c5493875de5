package io.holdfast.cli.platform;

import io.holdfast.cli.terminal.CliException;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.Json;
import io.holdfast.cli.verb.Surroundings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A console's REST API. What could not be delivered, or met a console that is not ready, is sent again a few times: every
 * request is either harmless to repeat or carries an Idempotency-Key of its own.
 */
final class Console implements AutoCloseable {

    private static final String JSON = "application/json";
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    private static final Set<Integer> TRY_AGAIN = Set.of(429, 502, 503, 504);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI server;
    private final BearerToken token;
    private final Surroundings surroundings;
    private final Function<String, CliException> nobodyThere;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** @param nobodyThere what to say when no connection can be made, from why */
    Console(URI server, BearerToken token, Surroundings surroundings, Function<String, CliException> nobodyThere) {
        this.server = server;
        this.token = token;
        this.surroundings = surroundings;
        this.nobodyThere = nobodyThere;
    }

    JsonNode get(String path) {
        return exchange(request(path).GET());
    }

    /** Sends a body once, however often it has to be tried. */
    JsonNode post(String path, Object body) {
        return exchange(request(path)
                .header("Content-Type", JSON)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(Json.line(body))));
    }

    /** @param replaces the revision that a plan takes the place of */
    JsonNode putPlan(String path, String yaml, long replaces) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/yaml");
        return exchange((replaces == 0 ? request : request.header("If-Match", "\"%d\"".formatted(replaces)))
                .PUT(BodyPublishers.ofString(yaml)));
    }

    /** A path with values from outside in it. */
    static String path(String start, String value) {
        return start + encoded(value);
    }

    static String query(String path, Map<String, String> parameters) {
        return path
                + parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.toString().replaceFirst("/+$", "") + path))
                .timeout(TIMEOUT)
                .header("Accept", JSON + ", application/problem+json")
                .header("Authorization", "Bearer " + token.secret());
    }

    private JsonNode exchange(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        for (Duration pause : PAUSES) {
            try {
                HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
                if (!TRY_AGAIN.contains(response.statusCode())) {
                    return Answers.of(request, response);
                }
                surroundings.pause(pause);
            } catch (ConnectException e) {
                throw nobodyThere.apply("nothing listens at " + server).causedBy(e);
            } catch (IOException _) {
                pause(pause);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return lastTry(request);
    }

    private JsonNode lastTry(HttpRequest request) {
        try {
            return Answers.of(request, http.send(request, BodyHandlers.ofByteArray()));
        } catch (ConnectException e) {
            throw nobodyThere.apply("nothing listens at " + server).causedBy(e);
        } catch (IOException e) {
            throw Code.CONSOLE_UNREACHABLE
                    .because(
                            "The console at %s does not answer: %s. Every backup is safe; whether it took on the last request is not known. Look with 'holdfast backups' or 'holdfast status', then run it again."
                                    .formatted(server, e.getMessage()))
                    .causedBy(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void pause(Duration time) {
        try {
            surroundings.pause(time);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static CliException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return Code.INTERRUPTED
                .because("Interrupted while waiting for the console.")
                .causedBy(e);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
