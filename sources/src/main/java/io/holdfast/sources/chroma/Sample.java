package io.holdfast.sources.chroma;

import io.holdfast.sources.chroma.Recorded.Collection;
import io.holdfast.sources.chroma.Recorded.Nearest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A look into a server's collections: some records of each with their vectors, and what the index finds near one of them.
 * To list and count is not enough: with a damaged index a server still does both.
 */
final class Sample {

    /** Collections beyond are listed and counted only, the smallest. */
    private static final int MOST_COLLECTIONS = 500;
    /** Records from each of three places of a collection. */
    private static final int RECORDS = 2;

    private final ChromaServer server;

    Sample(ChromaServer server) {
        this.server = server;
    }

    /**
     * Looks for the first time.
     *
     * @throws ChromaFailure HF-Q52 if a collection cannot be read and searched
     */
    List<Collection> take() throws IOException, InterruptedException {
        Map<String, Collection> listed = server.collections();
        Set<String> looked = listed.values().stream()
                .sorted(Comparator.comparingLong(Collection::count).reversed())
                .limit(MOST_COLLECTIONS)
                .map(Collection::id)
                .collect(Collectors.toCollection(HashSet::new));
        var collections = new ArrayList<Collection>();
        for (Collection each : listed.values()) {
            collections.add(each.count() > 0 && looked.contains(each.id()) ? look(each) : each);
        }
        return collections;
    }

    private Collection look(Collection collection) throws IOException, InterruptedException {
        var vectors = new LinkedHashMap<String, JsonNode>();
        for (long offset : new long[] {0, collection.count() / 2, Math.max(0, collection.count() - RECORDS)}) {
            vectors.putAll(server.vectors(collection, Map.of("limit", RECORDS, "offset", offset)));
        }
        if (vectors.isEmpty()) {
            throw server.broken(collection, "none of its records is handed out", null);
        }
        var sample = new ArrayList<Vector>();
        vectors.forEach((id, numbers) -> sample.add(Vector.of(id, numbers)));
        var last = vectors.lastEntry();
        return collection.with(sample, server.nearest(collection, last.getKey(), last.getValue()));
    }

    /**
     * Looks again.
     *
     * @param exactly whether what was sampled must be as it was. Otherwise clients may have changed it; collections must
     *     still be there and be readable and searchable
     * @return in what it differs, for an operator; empty if in nothing
     */
    List<String> differences(Recorded before, boolean exactly) throws IOException, InterruptedException {
        var differences = new ArrayList<String>();
        Map<String, Collection> now = server.collections();
        for (Collection each : before.collections()) {
            Collection found = now.get(each.id());
            if (found == null || !found.name().equals(each.name())) {
                differences.add("collection '%s' is missing".formatted(each.name()));
            } else if (!each.sample().isEmpty()) {
                compare(each, found, exactly, differences);
            }
        }
        return differences;
    }

    private void compare(Collection before, Collection now, boolean exactly, List<String> differences)
            throws IOException, InterruptedException {
        List<String> ids = before.sample().stream().map(Vector::id).toList();
        Map<String, JsonNode> vectors = server.vectors(now, Map.of("ids", ids));
        List<String> changed = before.sample().stream()
                .filter(vector -> !isThere(vector, vectors))
                .map(Vector::id)
                .toList();
        if (exactly && !changed.isEmpty()) {
            differences.add(
                    "in collection '%s', %d of %d records that were looked at are gone or have another vector, the first: %s"
                            .formatted(before.name(), changed.size(), ids.size(), changed.getFirst()));
            return;
        }
        Nearest nearest = Objects.requireNonNull(before.nearest(), "sampled");
        JsonNode vector = vectors.get(nearest.to());
        if (vector != null) {
            Nearest found = server.nearest(now, nearest.to(), vector);
            if (exactly && !isAsNear(nearest, found)) {
                differences.add("in collection '%s', the index finds %s nearest to %s, where it found %s"
                        .formatted(before.name(), found.found(), found.to(), nearest.found()));
            }
        }
    }

    private static boolean isThere(Vector vector, Map<String, JsonNode> vectors) {
        JsonNode numbers = vectors.get(vector.id());
        return numbers != null && vector.isSameAs(Vector.of(vector.id(), numbers));
    }

    /** Several records may be equally near. */
    private static boolean isAsNear(Nearest before, Nearest now) {
        return now.found().equals(before.found())
                || now.distance() <= before.distance()
                || Vector.isNear(before.distance(), now.distance());
    }
}
