package io.holdfast.sources.chroma;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP server that gives prepared answers by path, and 404 elsewhere. */
final class FakeChroma implements AutoCloseable {

    static final String ID = "78f72352-4a4b-4327-a784-2fa20462900a";
    static final String ALIVE = "{\"nanosecond heartbeat\": 1}";

    private record Prepared(int status, String type, String body) {}

    private final Map<String, Prepared> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer http;
    private volatile Map.@Nullable Entry<String, String> login;

    FakeChroma() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            Prepared answer = isLetIn(exchange)
                    ? answers.getOrDefault(path, new Prepared(404, "application/json", "{}"))
                    : new Prepared(401, "application/json", "{\"error\": \"Unauthorized\"}");
            if (answer.status() == 0) {
                awaitClosing();
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", answer.type());
            if (answer.status() / 100 == 3) {
                exchange.getResponseHeaders().add("Location", answer.body());
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        http.start();
    }

    /** Of one collection with three records. */
    static FakeChroma ofVersion(Api api) throws IOException {
        var chroma = new FakeChroma();
        chroma.says(api.heartbeat(), ALIVE);
        chroma.says(api.version(), "\"0.4.24\"");
        String collections = api.collections(Database.DEFAULT);
        chroma.says(collections, "[{\"id\": \"%s\", \"name\": \"notes\", \"dimension\": 2}]".formatted(ID));
        chroma.says(collections + "/" + ID + "/count", "3");
        chroma.says(
                collections + "/" + ID + "/get",
                "{\"ids\": [\"a\", \"b\", \"c\"], \"embeddings\": [[1, 2], [3.5, 4], [-1, 0.25]]}");
        chroma.says(collections + "/" + ID + "/query", "{\"ids\": [[\"c\"]], \"distances\": [[0.0]]}");
        return chroma;
    }

    void says(String path, String json) {
        answers(path, 200, "application/json", json);
    }

    void answers(String path, int status, String type, String body) {
        answers.put(path, new Prepared(status, type, body));
    }

    /** From now on whoever asks has to show that. */
    void asksFor(String header, String value) {
        login = Map.entry(header, value);
    }

    private boolean isLetIn(HttpExchange exchange) {
        Map.Entry<String, String> wanted = login;
        return wanted == null
                || List.of(wanted.getValue())
                        .equals(exchange.getRequestHeaders().get(wanted.getKey()));
    }

    void hangsAt(String path) {
        answers(path, 0, "", "");
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
