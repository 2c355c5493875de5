package io.holdfast.sources.chroma;

import io.holdfast.sources.chroma.Recorded.Collection;
import io.holdfast.sources.chroma.Recorded.Nearest;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A running server. Which version of the API it speaks is found out by its heartbeat, which comes first. */
final class ChromaServer implements Closeable {

    private static final int PAGE = 500;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration ONE_HEARTBEAT = Duration.ofSeconds(10);

    private final ChromaHttp http;
    private Api api = Api.V2;

    ChromaServer(URI url, Login login) {
        http = new ChromaHttp(url, login);
    }

    String url() {
        return http.url();
    }

    Api api() {
        return api;
    }

    /** Asks once for a sign of life. */
    void heartbeat() throws IOException, InterruptedException {
        heartbeat(ONE_HEARTBEAT);
    }

    private void heartbeat(Duration limit) throws IOException, InterruptedException {
        var newer = http.get(Api.V2.heartbeat(), limit);
        if (isAlive(newer)) {
            api = Api.V2;
            return;
        }
        if (newer.status() != 404 && newer.status() != 405 && newer.status() != 410) {
            throw http.unexpected(Api.V2.heartbeat(), newer);
        }
        var older = http.get(Api.V1.heartbeat(), limit);
        if (!isAlive(older)) {
            throw http.notChroma(
                    "", "its API has no heartbeat, in version 2 (%s) or 1 (%s)".formatted(newer.text(), older.text()));
        }
        api = Api.V1;
    }

    private static boolean isAlive(ChromaHttp.Answer answer) {
        JsonNode json = answer.status() == 200 ? answer.json() : null;
        return json != null && json.path("nanosecond heartbeat").isNumber();
    }

    /**
     * Waits until it gives a sign of life, whatever it answers until then.
     *
     * @throws ChromaFailure HF-Q55 with the last answer
     */
    void awaitHeartbeat(Duration within) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
            try {
                heartbeat(left.compareTo(ONE_HEARTBEAT) < 0 ? left : ONE_HEARTBEAT);
                return;
            } catch (ChromaFailure e) {
                if (System.nanoTime() + PAUSE.toNanos() >= deadline) {
                    throw new ChromaFailure(
                            "HF-Q55",
                            "ChromaDB at %s was not ready within %d s. Its last answer: %s"
                                    .formatted(url(), within.toSeconds(), e.problem()),
                            "Look at the server's log; if it only takes longer, raise ready-within in the plan.",
                            e);
                }
            }
            Thread.sleep(PAUSE);
        }
    }

    String version() throws IOException, InterruptedException {
        return http.get(api.version()).asString("");
    }

    /** Those of the tenant that an anonymous client has; a server lists no tenants. */
    List<Database> databases() throws IOException, InterruptedException {
        if (api == Api.V1) {
            return List.of(Database.DEFAULT);
        }
        var identity = http.get("/api/v2/auth/identity", ChromaHttp.PATIENCE);
        JsonNode who = identity.status() == 200 ? identity.json() : null;
        String tenant = who == null ? "" : who.path("tenant").asString("");
        if (tenant.isEmpty() || tenant.equals("*")) {
            tenant = Database.DEFAULT.tenant();
        }
        var names = new LinkedHashSet<String>();
        var answer = http.get("/api/v2/tenants/%s/databases".formatted(Api.encoded(tenant)), ChromaHttp.PATIENCE);
        JsonNode listed = answer.status() == 200 ? answer.json() : null;
        if (listed != null) {
            listed.forEach(each -> names.add(each.path("name").asString("")));
        }
        if (who != null) {
            who.path("databases").forEach(each -> names.add(each.asString("")));
        }
        names.removeIf(name -> name.isEmpty() || name.equals("*"));
        if (names.isEmpty()) {
            names.add(Database.DEFAULT.name());
        }
        var databases = new ArrayList<Database>();
        for (String name : names) {
            databases.add(new Database(tenant, name));
        }
        return databases;
    }

    /** All collections of all databases, without sample, by id. */
    Map<String, Collection> collections() throws IOException, InterruptedException {
        Map<String, Collection> collections = new LinkedHashMap<>();
        for (Database database : databases()) {
            boolean more = true;
            for (int offset = 0; more; offset += PAGE) {
                int before = collections.size();
                JsonNode page = http.get(api.page(database, PAGE, offset));
                for (JsonNode each : page) {
                    Collection collection = collection(database, each);
                    collections.put(collection.id(), collection);
                }
                more = page.size() >= PAGE && collections.size() > before;
            }
        }
        return collections;
    }

    private Collection collection(Database database, JsonNode listed) throws IOException, InterruptedException {
        String id = listed.path("id").asString("");
        String name = listed.path("name").asString("");
        try {
            UUID.fromString(id);
        } catch (IllegalArgumentException _) {
            throw http.notChroma(api.collections(database), "a collection has no id: " + listed);
        }
        JsonNode dimension = listed.path("dimension");
        JsonNode count = http.get(api.collections(database) + "/" + id + "/count");
        return new Collection(
                database.tenant(),
                database.name(),
                name,
                id,
                count.asLong(0),
                dimension.isNumber() ? dimension.asInt() : null,
                List.of(),
                null);
    }

    /**
     * Records with their vectors.
     *
     * @param choice members of the request that say which
     * @return vectors by the ids of their records
     */
    Map<String, JsonNode> vectors(Collection collection, Map<String, ?> choice)
            throws IOException, InterruptedException {
        var request = new LinkedHashMap<String, Object>(choice);
        request.put("include", List.of("embeddings"));
        JsonNode answer = ask(collection, "get", request);
        JsonNode ids = answer.path("ids");
        var vectors = new LinkedHashMap<String, JsonNode>();
        for (int i = 0; i < ids.size(); i++) {
            JsonNode vector = answer.path("embeddings").path(i);
            if (!vector.isArray() || vector.isEmpty()) {
                throw broken(collection, "record %s has no vector".formatted(ids.get(i)), null);
            }
            vectors.put(ids.get(i).asString(), vector);
        }
        return vectors;
    }

    /** Asks the index. */
    Nearest nearest(Collection collection, String id, JsonNode vector) throws IOException, InterruptedException {
        JsonNode answer = ask(
                collection,
                "query",
                Map.of("query_embeddings", List.of(vector), "n_results", 1, "include", List.of("distances")));
        JsonNode found = answer.path("ids").path(0).path(0);
        JsonNode distance = answer.path("distances").path(0).path(0);
        if (!found.isString() || !distance.isNumber()) {
            throw broken(collection, "its index finds nothing near record " + id, null);
        }
        return new Nearest(id, found.asString(), distance.asDouble());
    }

    private JsonNode ask(Collection collection, String what, Object request) throws IOException, InterruptedException {
        try {
            return http.post(api.collections(collection.in()) + "/" + collection.id() + "/" + what, request);
        } catch (ChromaFailure e) {
            throw broken(collection, "%s failed: %s".formatted(what, e.problem()), e);
        }
    }

    /** A collection that is listed and counted, and still not readable. */
    ChromaFailure broken(Collection collection, String why, @Nullable Throwable cause) {
        return new ChromaFailure(
                "HF-Q52",
                "Collection '%s' of ChromaDB at %s, of %d records, cannot be read and searched: %s."
                        .formatted(collection.name(), url(), collection.count(), why.replaceFirst("\\.$", "")),
                "Its index may be damaged: look at the server's log, and restore an earlier snapshot if need be.",
                cause);
    }

    @Override
    public void close() {
        http.close();
    }
}
