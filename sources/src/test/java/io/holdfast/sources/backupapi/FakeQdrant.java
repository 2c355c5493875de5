package io.holdfast.sources.backupapi;

import com.sun.net.httpserver.HttpExchange;
import io.holdfast.fixtures.BackupApiServer;
import io.holdfast.vault.model.Digest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;

/** Behaves as Qdrant: a snapshot of each collection, with its checksum, and taken back as a form. */
final class FakeQdrant extends BackupApiServer {

    private final AtomicInteger ids = new AtomicInteger();

    FakeQdrant() throws IOException {}

    @Override
    protected boolean isAllowed(HttpExchange exchange) {
        return TOKEN.equals(header(exchange, "api-key"));
    }

    @Override
    protected void serve(HttpExchange exchange, String request) throws IOException {
        List<String> path = Stream.of(exchange.getRequestURI().getRawPath().split("/", -1))
                .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8))
                .toList();
        String name = path.size() > 2 ? path.get(2) : "";
        if (request.equals("GET /collections")) {
            var named =
                    collections.keySet().stream().map(it -> Map.of("name", it)).toList();
            ok(exchange, Map.of("collections", named));
        } else if (request.endsWith("/points/count")) {
            ok(
                    exchange,
                    Map.of("count", collections.getOrDefault(name, List.of()).size()));
        } else if (request.startsWith("POST ") && request.endsWith("/snapshots")) {
            byte[] snapshot = MAPPER.writeValueAsBytes(collections.get(name));
            String id = "%s-%d.snapshot".formatted(name, ids.incrementAndGet());
            backups.put(id, snapshot);
            ok(exchange, Map.of("name", id, "size", snapshot.length, "checksum", sha256(snapshot)));
        } else if (request.endsWith("/snapshots/upload")) {
            upload(exchange, name);
        } else if (request.startsWith("GET ")) {
            answer(exchange, 200, "application/octet-stream", backups.getOrDefault(path.get(4), new byte[0]));
        } else {
            ok(exchange, backups.remove(path.get(4)) != null);
        }
    }

    private void upload(HttpExchange exchange, String name) throws IOException {
        String type = String.valueOf(header(exchange, "Content-Type"));
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String boundary = "\r\n--" + type.replaceFirst(".*boundary=", "");
        int begin = form.indexOf("\r\n\r\n") + 4;
        String snapshot = form.substring(begin, form.indexOf(boundary, begin));
        boolean right = type.startsWith("multipart/form-data")
                && form.contains("name=\"snapshot\"")
                && exchange.getRequestURI()
                        .getQuery()
                        .contains("checksum=" + sha256(snapshot.getBytes(StandardCharsets.UTF_8)));
        if (right) {
            collections.put(name, MAPPER.readValue(snapshot, new TypeReference<List<String>>() {}));
            ok(exchange, true);
        } else {
            answer(exchange, 400, "{\"status\":{\"error\":\"checksum\"}}");
        }
    }

    private static void ok(HttpExchange exchange, Object result) throws IOException {
        answer(exchange, 200, MAPPER.writeValueAsString(Map.of("result", result, "status", "ok")));
    }

    static String sha256(byte[] bytes) {
        return Digest.ofContent(bytes).toString();
    }
}
