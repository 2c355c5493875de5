package io.holdfast.sources.backupapi;

import io.holdfast.plan.RestApi;
import io.holdfast.plan.Source;
import io.holdfast.plan.Template;
import io.holdfast.sources.component.SourceException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The system as a server: requests to where the plan allows, repeated where that is safe, and answers, each bounded. */
final class Server implements Closeable {

    static final int MAX_ANSWER = 16 << 20;

    private static final int REDIRECTS = 5;
    private static final int TRIES = 3;
    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);
    private static final Set<Integer> REDIRECTED = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> IDEMPOTENT = Set.of("GET", "PUT", "DELETE");
    private static final MediaType JSON = MediaType.get("application/json");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Source.BackupApi source;
    private final String token;
    private final Failures failures;
    private final HttpUrl base;
    private final Connections connections;

    /**
     * Creates a client of the system.
     *
     * @param token empty: none
     */
    Server(Source.BackupApi source, String token, Failures failures) throws SourceException {
        this.source = source;
        this.token = token;
        this.failures = failures;
        if (!token.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            throw failures.of(
                    "HF-Q61", "log in", "the token has characters that no header can carry", "Put the token right.");
        }
        HttpUrl url = HttpUrl.parse(source.url().toString());
        if (url == null) {
            throw failures.of("HF-Q60", "use the URL", "it cannot be understood", "Correct it in the plan.");
        }
        this.base = url;
        this.connections = new Connections(source.limit());
    }

    Failures failures() {
        return failures;
    }

    /**
     * Sends a call and reads the JSON it answers. Passing failures of calls that may be repeated are tried again.
     *
     * @param what for an operator: what is asked for
     */
    JsonNode ask(String what, RestApi.Call call, Variables variables, Duration within)
            throws SourceException, InterruptedException {
        RequestBody body = call.body() == null
                ? empty(call.method())
                : RequestBody.create(MAPPER.writeValueAsBytes(variables.body(call.body())), JSON);
        boolean repeatable = IDEMPOTENT.contains(call.method());
        return json(what, request(what, call, variables, body), within, repeatable ? TRIES : 1);
    }

    /** Sends a backup. It is never sent twice. */
    JsonNode send(String what, RestApi.Call call, Variables variables, RequestBody backup, Duration within)
            throws SourceException, InterruptedException {
        return json(what, request(what, call, variables, backup), within, 1);
    }

    private static @Nullable RequestBody empty(String method) {
        return method.equals("GET") || method.equals("DELETE") ? null : RequestBody.create(new byte[0]);
    }

    private Request request(String what, RestApi.Call call, Variables variables, @Nullable RequestBody body)
            throws SourceException {
        return builder(url(what, call.path(), variables))
                .header("Accept", "application/json")
                .method(call.method(), body)
                .build();
    }

    private HttpUrl url(String what, Template path, Variables variables) throws SourceException {
        try {
            String root = base.newBuilder().query(null).fragment(null).build().toString();
            return HttpUrl.get(
                    (root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + variables.path(path));
        } catch (IllegalArgumentException e) {
            throw failures.unexpected(what, "the system gave a name that cannot be used: " + e.getMessage());
        }
    }

    private Request.Builder builder(HttpUrl url) {
        Request.Builder request = new Request.Builder().url(url).header("User-Agent", "holdfast");
        if (!token.isEmpty() && isOwn(url)) {
            String header = source.api().tokenHeader();
            request.header(header, header.equalsIgnoreCase(RestApi.AUTHORIZATION) ? "Bearer " + token : token);
        }
        return request;
    }

    private JsonNode json(String what, Request request, Duration within, int tries)
            throws SourceException, InterruptedException {
        Deadline deadline = new Deadline(within);
        for (int tried = 1; ; tried++) {
            boolean last = tried >= tries || deadline.hasPassed();
            try (Response response = connections.answer(request, deadline.left())) {
                if (last || !PASSING.contains(response.code())) {
                    return json(what, response);
                }
            } catch (SourceException e) {
                throw e;
            } catch (IOException e) {
                if (last || deadline.hasPassed()) {
                    throw failures.withoutAnswer(what, e);
                }
            }
            deadline.pause();
        }
    }

    private JsonNode json(String what, Response response) throws IOException {
        requireSuccess(what, response);
        byte[] bytes = response.body().byteStream().readNBytes(MAX_ANSWER + 1);
        if (bytes.length > MAX_ANSWER) {
            throw failures.unexpected(what, "the answer is longer than %d MiB".formatted(MAX_ANSWER >> 20));
        }
        try {
            return bytes.length == 0 ? MAPPER.nullNode() : MAPPER.readTree(bytes);
        } catch (JacksonException _) {
            throw failures.unexpected(
                    what, "the answer is not JSON: " + new String(bytes, StandardCharsets.UTF_8).strip());
        }
    }

    /** Opens a backup to read it. The answer is the caller's to close. */
    Response open(String what, Template path, Variables variables) throws SourceException, InterruptedException {
        HttpUrl url = url(what, path, variables);
        Deadline deadline = new Deadline(source.limit());
        int redirects = 0;
        for (int tried = 1; ; tried++) {
            Request request = builder(url).header("Accept-Encoding", "identity").build();
            Response response;
            try {
                response = connections.download(request, isOwn(url));
            } catch (IOException e) {
                if (tried >= TRIES || deadline.hasPassed()) {
                    throw failures.withoutAnswer(what, e);
                }
                deadline.pause();
                continue;
            }
            if (response.code() == 200) {
                return response;
            }
            try (response) {
                if (REDIRECTED.contains(response.code())) {
                    if (++redirects > REDIRECTS) {
                        throw failures.forbidden(what, "the download is sent on and on");
                    }
                    url = redirected(what, url, response);
                    tried = 0;
                } else if (tried >= TRIES || deadline.hasPassed() || !PASSING.contains(response.code())) {
                    requireSuccess(what, response);
                    throw failures.unexpected(what, "it answered " + response.code());
                } else {
                    deadline.pause();
                }
            } catch (SourceException e) {
                throw e;
            } catch (IOException e) {
                throw failures.withoutAnswer(what, e);
            }
        }
    }

    private HttpUrl redirected(String what, HttpUrl from, Response response) throws SourceException {
        String location = response.header("Location", "");
        HttpUrl to = from.resolve(location == null ? "" : location);
        if (to == null) {
            throw failures.forbidden(what, "it is sent on to '%s', which is no URL".formatted(location));
        }
        boolean allowed = isOwn(to)
                || source.api().redirects().stream()
                        .map(uri -> HttpUrl.parse(uri.toString()))
                        .anyMatch(uri -> uri != null && isSameOrigin(uri, to));
        if (!allowed) {
            throw failures.forbidden(
                    what,
                    "it is sent on to %s://%s:%d, which the plan does not allow"
                            .formatted(to.scheme(), to.host(), to.port()));
        }
        return to;
    }

    private boolean isOwn(HttpUrl url) {
        return isSameOrigin(base, url);
    }

    private static boolean isSameOrigin(HttpUrl one, HttpUrl other) {
        return one.scheme().equals(other.scheme()) && one.host().equals(other.host()) && one.port() == other.port();
    }

    private void requireSuccess(String what, Response response) throws IOException {
        int code = response.code();
        if (response.isSuccessful()) {
            return;
        }
        if (code == 401 || code == 403) {
            throw failures.of(
                    "HF-Q61", what, "it answered " + code, "Give the plan a token that may do this, and its header.");
        }
        String text = new String(response.body().byteStream().readNBytes(1000), StandardCharsets.UTF_8);
        throw failures.unexpected(what, "it answered %d %s".formatted(code, text));
    }

    @Override
    public void close() {
        connections.close();
    }
}
