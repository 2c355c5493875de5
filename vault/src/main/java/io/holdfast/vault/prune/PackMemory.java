package io.holdfast.vault.prune;

import io.holdfast.vault.json.JsonObject;
import io.holdfast.vault.json.JsonText;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Since when packs have been seen in no index, remembered from prune to prune in a file on this machine. Losing it costs
 * only time: then the waiting begins anew.
 */
final class PackMemory {

    private final @Nullable Path file;
    private final Map<PackId, Instant> since;

    private PackMemory(@Nullable Path file, Map<PackId, Instant> since) {
        this.file = file;
        this.since = since;
    }

    /** @param file null for no memory */
    static PackMemory load(@Nullable Path file) throws IOException {
        return new PackMemory(file, file == null ? new HashMap<>() : read(file));
    }

    private static Map<PackId, Instant> read(Path file) throws IOException {
        Map<PackId, Instant> since = new HashMap<>();
        try {
            for (JsonObject pack :
                    JsonObject.parse(Files.readAllBytes(file), file.toString()).objects("unindexed")) {
                since.put(pack.parsed("pack", PackId::parse), pack.time("since"));
            }
        } catch (NoSuchFileException | DamagedException nothingRemembered) {
            return new HashMap<>();
        }
        return since;
    }

    /** Remembers exactly these packs: new ones, and those said to be unindexed since a time still to come, from now on. */
    void see(Set<PackId> unindexed, Instant now) throws IOException {
        since.keySet().retainAll(unindexed);
        since.values().removeIf(time -> time.isAfter(now));
        unindexed.forEach(pack -> since.putIfAbsent(pack, now));
        save();
    }

    /** Whether the pack has been seen in no index for so long. */
    boolean isOver(PackId pack, Duration grace, Instant now) {
        Instant time = since.get(pack);
        return grace.isZero() || (time != null && !time.plus(grace).isAfter(now));
    }

    private void save() throws IOException {
        if (file == null) {
            return;
        }
        JsonText json = new JsonText().open('{').key("unindexed").open('[');
        since.forEach((pack, time) -> json.element()
                .open('{')
                .field("pack", pack.toString())
                .field("since", time)
                .close('}'));
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, json.close(']').close('}').newline().utf8());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
