package io.holdfast.sources.redis;

import io.holdfast.sources.component.SnapshotFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server held when it was captured: {@code redis.json} in a snapshot.
 *
 * @param role whether it was a master or a replica
 * @param measured when
 * @param digest of its keys; null if there was none
 * @param print of the files that a start reads; null if clients wrote between the save and the end of measuring, so that
 *     the files may hold something else than what was counted
 */
record RedisState(
        String version,
        String mode,
        String role,
        Instant measured,
        FileNames files,
        SortedMap<Integer, Database> databases,
        @Nullable String digest,
        @Nullable String print) {

    static final String FILE = "redis.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Counts right after a save, and looks whether nobody wrote meanwhile.
     *
     * @param info what the server says of itself now
     */
    static RedisState measure(RedisServer server, Info info, FileNames names, RedisFiles files, Instant now)
            throws IOException {
        boolean quiet = info.changes() == 0;
        Optional<String> digest = quiet ? Digest.of(server.cli(), info.databases()) : Optional.empty();
        Info after = server.info();
        quiet &= after.changes() == 0
                && after.lastSave() == info.lastSave()
                && after.runId().equals(info.runId());
        return new RedisState(
                info.text("redis_version"),
                info.text("redis_mode"),
                info.text("role"),
                now,
                names,
                info.databases(),
                quiet ? digest.orElse(null) : null,
                quiet ? files.print(names) : null);
    }

    byte[] json() {
        return JSON.writeValueAsBytes(this);
    }

    /** Empty if the snapshot holds none, as one of a server that could not be asked. */
    static Optional<RedisState> of(SnapshotFiles snapshot) throws IOException {
        if (!snapshot.children("/").contains(FILE)) {
            return Optional.empty();
        }
        var json = new ByteArrayOutputStream();
        snapshot.dump("/" + FILE, json);
        try {
            return Optional.of(JSON.readValue(json.toByteArray(), RedisState.class));
        } catch (JacksonException e) {
            throw new IOException(FILE + " in the snapshot cannot be read", e);
        }
    }

    /** What a server that loaded the files holds otherwise; empty if it is what was captured. */
    Optional<String> difference(SortedMap<Integer, Database> now, boolean exact) {
        for (var each : databases.entrySet()) {
            Database before = each.getValue();
            Database after = now.getOrDefault(each.getKey(), new Database(0, 0));
            boolean same = exact ? after.mayComeFrom(before) : after.keys() > 0 || before.keys() == before.expiring();
            if (!same) {
                return Optional.of("database %d holds %d keys, and held %d, %d of them with a time to live"
                        .formatted(each.getKey(), after.keys(), before.keys(), before.expiring()));
            }
        }
        return now.keySet().stream()
                .filter(number -> exact && !databases.containsKey(number))
                .findFirst()
                .map(number -> "database %d holds keys, and held none".formatted(number));
    }
}
