package io.holdfast.sources.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * A digest of all keys without a time to live, the same before a save and after it was loaded. The server computes it, a
 * page of keys at a time, so that its clients hardly wait.
 */
final class Digest {

    /** With more keys there is none: it would take too long. */
    private static final long MOST_KEYS = 50_000;

    private static final String SCRIPT = script();

    private Digest() {}

    private static String script() {
        try (InputStream in = Digest.class.getResourceAsStream("digest.lua")) {
            if (in == null) {
                throw new IllegalStateException("digest.lua is missing beside this class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if there are too many keys, or scripts are not permitted. */
    static Optional<String> of(RedisCli cli, SortedMap<Integer, Database> databases) throws IOException {
        if (databases.values().stream().mapToLong(Database::keys).sum() > MOST_KEYS) {
            return Optional.empty();
        }
        var keys = new TreeSet<String>();
        for (int database : databases.keySet()) {
            String cursor = "0";
            do {
                List<String> reply =
                        cli.ask(database, "EVAL", SCRIPT, "0", cursor).lines().toList();
                if (reply.isEmpty() || !reply.getFirst().matches("\\d+")) {
                    return Optional.empty();
                }
                cursor = reply.getFirst();
                if (reply.size() > 1) {
                    Arrays.stream(reply.get(1).split(" "))
                            .map(key -> database + "/" + key)
                            .forEach(keys::add);
                }
            } while (!cursor.equals("0"));
        }
        return Optional.of(
                io.holdfast.vault.model.Digest.ofContent(String.join("\n", keys).getBytes(StandardCharsets.UTF_8))
                        .toString());
    }
}
