package io.holdfast.sources.chroma;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP with limits on time and size. Redirects are not followed. */
final class ChromaHttp implements Closeable {

    /** For a whole answer. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final int MOST_SHOWN = 200;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String base;
    private final Login login;

    /** @param url where the server is; a path in front of its API is kept */
    ChromaHttp(URI url, Login login) {
        this.login = login;
        String text = url.toString().replaceFirst("(/api/v[12](/heartbeat)?)?/*$", "");
        base = text;
    }

    String url() {
        return base;
    }

    /** @param shown what of the body may be shown */
    record Answer(int status, String body, String shown) {

        /** Null if it is none. */
        @Nullable
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JacksonException _) {
                return null;
            }
        }

        /** In few words, printable. */
        String text() {
            String flat = shown.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
            return "status %d: %s"
                    .formatted(status, flat.length() > MOST_SHOWN ? flat.substring(0, MOST_SHOWN) + "…" : flat);
        }
    }

    /** @param limit for the whole answer */
    Answer get(String path, Duration limit) throws IOException, InterruptedException {
        return send(path, HttpRequest.newBuilder(uri(path)).GET(), limit);
    }

    /** The JSON of an answer that means success. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return successful(path, get(path, PATIENCE));
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        return successful(path, send(path, request, PATIENCE));
    }

    ChromaFailure notChroma(String path, String why) {
        return new ChromaFailure(
                "HF-Q51",
                "What answers at %s%s is no ChromaDB that can be read: %s.".formatted(base, path, why),
                "Correct the url in the plan, or look at the server's log.");
    }

    ChromaFailure unexpected(String path, Answer answer) {
        return answer.status() == 401 || answer.status() == 403
                ? new ChromaFailure(
                        "HF-Q51",
                        "ChromaDB at %s%s does not let Holdfast in: it answered with %s."
                                .formatted(base, path, answer.text()),
                        "Give the plan a token that may read all collections (token), and the header that carries it, unless that is a bearer token (token-header).")
                : notChroma(path, "it answered with " + answer.text());
    }

    private JsonNode successful(String path, Answer answer) throws ChromaFailure {
        JsonNode json = answer.status() / 100 == 2 ? answer.json() : null;
        if (json == null) {
            throw unexpected(path, answer);
        }
        return json;
    }

    private URI uri(String path) {
        return URI.create(base + path);
    }

    private Answer send(String path, HttpRequest.Builder request, Duration limit)
            throws IOException, InterruptedException {
        login.addTo(request);
        var sent = client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            HttpResponse<byte[]> response = sent.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            String body = new String(response.body(), StandardCharsets.UTF_8);
            return new Answer(response.statusCode(), body, login.hiddenIn(body));
        } catch (TimeoutException e) {
            throw silent(path, "nothing came within %d s".formatted(limit.toSeconds()), e);
        } catch (ExecutionException e) {
            throw silent(path, reason(e.getCause()), e);
        } finally {
            sent.cancel(true);
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return switch (cause) {
            case java.net.ConnectException _ -> "the connection was refused";
            case null -> "it failed";
            default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
        };
    }

    private ChromaFailure silent(String path, String why, Throwable cause) {
        return new ChromaFailure(
                "HF-Q50",
                "ChromaDB at %s%s does not answer: %s.".formatted(base, path, why),
                "Start the server, or correct the url in the plan.",
                cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
