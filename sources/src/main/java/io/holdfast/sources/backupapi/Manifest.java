package io.holdfast.sources.backupapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.holdfast.sources.component.SnapshotFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a snapshot holds of a system, in the file {@link #FILE} beside the backups.
 *
 * @param collections which were asked for; empty: all, without the system telling which
 */
record Manifest(String url, Instant at, List<Collection> collections, List<Backup> backups) {

    static final String FILE = "backup.json";

    private static final int MOST = 64 << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    Manifest {
        collections = List.copyOf(collections);
        backups = List.copyOf(backups);
    }

    /**
     * One collection.
     *
     * @param before entries before the backup was made; null: the system does not tell
     * @param after entries afterwards: what the backup holds lies between the two
     */
    record Collection(
            String name, @Nullable Long before, @Nullable Long after) {}

    /**
     * One backup.
     *
     * @param file its name, beside this
     * @param id what the system called it
     * @param collection null: it holds all of them
     */
    record Backup(
            String file,
            String id,
            @Nullable String collection,
            @Nullable Long size,
            @Nullable String sha256) {
        Backup {
            Objects.requireNonNull(file);
            Objects.requireNonNull(id);
        }
    }

    byte[] toJson() {
        return MAPPER.writeValueAsBytes(this);
    }

    /** Reads it from a snapshot; null if it holds none that can be understood. */
    static @Nullable Manifest of(SnapshotFiles files) throws IOException {
        if (!files.children("/").contains(FILE)) {
            return null;
        }
        var bytes = new ByteArrayOutputStream();
        files.dump("/" + FILE, new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] some, int offset, int count) throws IOException {
                if (bytes.size() + count > MOST) {
                    throw new IOException(FILE + " is longer than it can be");
                }
                bytes.write(some, offset, count);
            }
        });
        try {
            return MAPPER.readValue(bytes.toByteArray(), Manifest.class);
        } catch (JacksonException _) {
            return null;
        }
    }
}
