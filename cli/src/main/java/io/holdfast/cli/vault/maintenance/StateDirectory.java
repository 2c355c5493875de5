package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.verb.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What this machine remembers of repositories between commands. Losing it loses no data. */
final class StateDirectory {

    private static final int NAME_BYTES = 8;

    private StateDirectory() {}

    /** Where it is remembered since when packs of the repository at a place have been in no index. */
    static Path pruneMemory(String location, Surroundings surroundings) {
        return usual(surroundings).resolve("prune").resolve(name(location) + ".json");
    }

    /** {@code HOLDFAST_STATE_DIR}, or {@code holdfast} in {@code XDG_STATE_HOME} or {@code ~/.local/state}. */
    private static Path usual(Surroundings surroundings) {
        String own = surroundings.environment("HOLDFAST_STATE_DIR");
        if (own != null) {
            return Path.of(own);
        }
        String shared = surroundings.environment("XDG_STATE_HOME");
        Path states = shared == null ? Path.of(System.getProperty("user.home"), ".local", "state") : Path.of(shared);
        return states.resolve("holdfast");
    }

    private static String name(String location) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(location.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
