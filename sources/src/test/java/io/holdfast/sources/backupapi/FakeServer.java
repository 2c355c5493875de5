package io.holdfast.sources.backupapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A system with collections and backups of them, behind a real socket. Each of its calls can be made to go wrong. */
abstract class FakeServer implements AutoCloseable {

    static final String TOKEN = "s3cr3t-t0k3n";
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    final Map<String, List<String>> collections = new TreeMap<>();
    final Map<String, byte[]> backups = new ConcurrentHashMap<>();
    final List<String> requests = new CopyOnWriteArrayList<>();

    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What a call does in the place of what it should. */
    interface Fault {

        /** Whether it did; else the call goes on. */
        boolean happens(HttpExchange exchange) throws IOException;
    }

    FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on, for requests whose method and path contain a text. */
    void fault(String requests, Fault fault) {
        faults.put(requests, fault);
    }

    /** What throws breaks the connection off. */
    private void handle(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        requests.add(request);
        if (!isAllowed(exchange)) {
            answer(exchange, 401, "{\"error\":\"who are you?\"}");
        } else if (!fails(exchange, request)) {
            serve(exchange, request);
        }
        exchange.close();
    }

    private boolean fails(HttpExchange exchange, String request) throws IOException {
        for (var fault : faults.entrySet()) {
            if (request.contains(fault.getKey()) && fault.getValue().happens(exchange)) {
                return true;
            }
        }
        return false;
    }

    abstract boolean isAllowed(HttpExchange exchange);

    abstract void serve(HttpExchange exchange, String request) throws IOException;

    static JsonNode body(HttpExchange exchange) throws IOException {
        return MAPPER.readTree(exchange.getRequestBody().readAllBytes());
    }

    static void answer(HttpExchange exchange, int code, String text) throws IOException {
        answer(exchange, code, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    static void answer(HttpExchange exchange, int code, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static @Nullable String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
