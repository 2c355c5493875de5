package io.holdfast.sources.chroma;

import static java.util.Objects.requireNonNull;

import io.holdfast.sources.component.SnapshotFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server said of itself just before its data were captured; the file {@code chromadb.json} of a snapshot.
 *
 * @param api version of the API it was asked through
 * @param version the server's own
 * @param at when it was asked
 * @param hot whether nothing rested during the capture, so that the files may be of several moments
 */
record Recorded(String api, String version, Instant at, boolean hot, List<Collection> collections) {

    static final String FILE = "chromadb.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    Recorded {
        requireNonNull(api, "no api");
        requireNonNull(version, "no version");
        requireNonNull(at, "no time");
        collections = List.copyOf(collections);
    }

    /**
     * A collection.
     *
     * @param count of its records; clients may have written until the server rested
     * @param dimension of its vectors; null before the first
     * @param sample some of its records, from its beginning, middle and end
     * @param nearest null if no record was sampled
     */
    record Collection(
            String tenant,
            String database,
            String name,
            String id,
            long count,
            @Nullable Integer dimension,
            List<Vector> sample,
            @Nullable Nearest nearest) {

        Collection {
            requireNonNull(tenant, "no tenant");
            requireNonNull(database, "no database");
            requireNonNull(name, "no name");
            requireNonNull(id, "no id");
            sample = List.copyOf(sample);
        }

        Database in() {
            return new Database(tenant, database);
        }

        Collection with(List<Vector> sample, @Nullable Nearest nearest) {
            return new Collection(tenant, database, name, id, count, dimension, sample, nearest);
        }
    }

    /**
     * What the index answered to the vector of a record.
     *
     * @param to the id of that record
     * @param found the id of the nearest record, which is the record itself unless another is as near
     * @param distance between the two, in the index's own measure
     */
    record Nearest(String to, String found, double distance) {

        Nearest {
            requireNonNull(to, "no record");
            requireNonNull(found, "no nearest record");
        }
    }

    byte[] json() {
        return JSON.writeValueAsBytes(this);
    }

    /** Empty if the snapshot holds none, as one of the state before a restore, when nobody was asked. */
    static Optional<Recorded> of(SnapshotFiles files) throws IOException {
        if (!files.children("/").contains(FILE)) {
            return Optional.empty();
        }
        var bytes = new ByteArrayOutputStream();
        files.dump("/" + FILE, bytes);
        try {
            return Optional.of(JSON.readValue(bytes.toByteArray(), Recorded.class));
        } catch (JacksonException e) {
            throw noSnapshot("its %s cannot be read: %s".formatted(FILE, e.getOriginalMessage()), e);
        }
    }

    static ChromaFailure noSnapshot(String why, @Nullable Throwable cause) {
        return new ChromaFailure(
                "HF-Q57",
                "The snapshot holds no whole ChromaDB: %s.".formatted(why),
                "Choose another snapshot, or restore this one into a directory.",
                cause);
    }
}
