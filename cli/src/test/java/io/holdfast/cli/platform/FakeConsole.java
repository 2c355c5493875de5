package io.holdfast.cli.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.cli.terminal.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A real server that answers as the console's contract says, from what a test has prepared. */
final class FakeConsole implements AutoCloseable {

    static final String TOKEN = "q8sD0vBzJmXo3nT5yR7uWc1eGhKfLaPi";

    /** A request that arrived. */
    record Asked(
            String method,
            String path,
            @Nullable String key,
            @Nullable String ifMatch,
            @Nullable String type,
            String body) {

        JsonNode json() {
            return Json.tree(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final int HANG_UP = 0;

    private record Prepared(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Queue<Prepared>> answers = new HashMap<>();
    final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    FakeConsole() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The next answer to requests of this kind; the last one prepared stays. */
    FakeConsole answer(String methodAndPath, int status, String json) {
        answers.computeIfAbsent(methodAndPath, _ -> new ArrayDeque<>())
                .add(new Prepared(status, json.replace('\'', '"')));
        return this;
    }

    FakeConsole refuse(String methodAndPath, int status, String code, String detail) {
        return answer(
                methodAndPath,
                status,
                "{'title':'T','status':%d,'detail':'%s','code':'%s'}".formatted(status, detail, code));
    }

    /** From then on, no answer to requests of this kind. */
    FakeConsole hangUp(String methodAndPath) {
        return answer(methodAndPath, HANG_UP, "");
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** As {@code up} leaves its data directory. */
    Path describeIn(Path data) throws IOException {
        Files.createDirectories(data);
        Files.writeString(
                data.resolve("endpoints.json"),
                "{\"console\":\"%s\",\"brokers\":\"127.0.0.1:1\",\"pid\":%d}"
                        .formatted(url(), ProcessHandle.current().pid()));
        Path token = data.resolve("token");
        Files.writeString(token, TOKEN + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        return data;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers.getFirst("Idempotency-Key"),
                headers.getFirst("If-Match"),
                headers.getFirst("Content-Type"),
                body));
        String route =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        boolean allowed = ("Bearer " + TOKEN).equals(headers.getFirst("Authorization"));
        Queue<Prepared> prepared = answers.getOrDefault(route, new ArrayDeque<>());
        Prepared answer = allowed
                ? prepared.size() > 1 ? prepared.poll() : prepared.peek()
                : new Prepared(401, "{\"detail\":\"The token is not known.\",\"code\":\"HF-C01\"}");
        if (answer == null) {
            answer = new Prepared(404, "{\"detail\":\"%s is not prepared\",\"code\":\"HF-C05\"}".formatted(route));
        }
        if (answer.status() == HANG_UP) {
            exchange.close();
            return;
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
