package io.holdfast.sources.backupapi;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Behaves as vectorizer: one archive of the named collections, and of none if none is named. */
final class FakeVectorizer extends FakeServer {

    /** How often a new backup is looked for in vain. */
    final AtomicInteger slow = new AtomicInteger(2);

    private final AtomicInteger ids = new AtomicInteger();

    FakeVectorizer() throws IOException {}

    @Override
    boolean isAllowed(HttpExchange exchange) {
        return ("Bearer " + TOKEN).equals(header(exchange, "Authorization"));
    }

    @Override
    void serve(HttpExchange exchange, String request) throws IOException {
        String id = request.replaceFirst(".*/api/backups/([^/]+).*", "$1");
        if (request.equals("GET /api/collections")) {
            answer(exchange, 200, MAPPER.writeValueAsString(Map.of("collections", named(collections.keySet()))));
        } else if (request.startsWith("GET /api/collections/")) {
            String name = exchange.getRequestURI().getPath().substring("/api/collections/".length());
            answer(
                    exchange,
                    200,
                    "{\"vector_count\":%d}"
                            .formatted(collections.getOrDefault(name, List.of()).size()));
        } else if (request.equals("POST /api/backups/create")) {
            answer(
                    exchange,
                    200,
                    "{\"id\":\"%s\",\"size\":24}".formatted(keep(MAPPER.writeValueAsBytes(chosen(body(exchange))))));
        } else if (request.equals("GET /api/backups")) {
            answer(exchange, 200, MAPPER.writeValueAsString(Map.of("backups", listed())));
        } else if (request.endsWith("/download")) {
            answer(exchange, 200, "application/gzip", backups.getOrDefault(id, new byte[0]));
        } else if (request.startsWith("DELETE ")) {
            answer(exchange, backups.remove(id) == null ? 404 : 200, "{}");
        } else if (request.equals("POST /api/backups/upload")) {
            answer(
                    exchange,
                    200,
                    "{\"id\":\"%s\"}".formatted(keep(exchange.getRequestBody().readAllBytes())));
        } else if (request.equals("POST /api/backups/restore")) {
            restore(body(exchange));
            answer(exchange, 200, "{\"success\":true}");
        } else {
            answer(exchange, 404, "{\"error\":\"no such call\"}");
        }
    }

    private Map<String, List<String>> chosen(JsonNode asked) {
        Map<String, List<String>> chosen = new TreeMap<>();
        asked.path("collections")
                .forEach(name -> chosen.put(name.asString(), List.copyOf(collections.get(name.asString()))));
        return chosen;
    }

    private String keep(byte[] archive) {
        String id = "backup-" + ids.incrementAndGet();
        backups.put(id, archive);
        return id;
    }

    private List<Map<String, String>> listed() {
        return slow.getAndDecrement() > 0
                ? List.of()
                : backups.keySet().stream().map(id -> Map.of("id", id)).toList();
    }

    private static List<Map<String, String>> named(Iterable<String> names) {
        var named = new java.util.ArrayList<Map<String, String>>();
        names.forEach(name -> named.add(Map.of("name", name)));
        return named;
    }

    private void restore(JsonNode asked) {
        Map<String, List<String>> archive =
                MAPPER.readValue(backups.get(asked.path("backup_id").asString()), new TypeReference<>() {});
        asked.path("collections").forEach(name -> collections.put(name.asString(), archive.get(name.asString())));
    }
}
