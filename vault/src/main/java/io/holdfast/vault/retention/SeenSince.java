package io.holdfast.vault.retention;

import io.holdfast.vault.json.JsonObject;
import io.holdfast.vault.json.JsonText;
import io.holdfast.vault.model.DamagedException;
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
 * Since when things have been seen as they are to be for some time before they are deleted: packs in no index, archives
 * expired. Remembered from run to run in a file on this machine. Losing it costs only time: then the waiting begins anew.
 */
public final class SeenSince {

    private final @Nullable Path file;
    private final Map<String, Instant> since;

    private SeenSince(@Nullable Path file, Map<String, Instant> since) {
        this.file = file;
        this.since = since;
    }

    /** @param file null for no memory */
    public static SeenSince load(@Nullable Path file) throws IOException {
        return new SeenSince(file, file == null ? new HashMap<>() : read(file));
    }

    private static Map<String, Instant> read(Path file) throws IOException {
        Map<String, Instant> since = new HashMap<>();
        try {
            for (JsonObject thing :
                    JsonObject.parse(Files.readAllBytes(file), file.toString()).objects("seen")) {
                since.put(thing.string("what"), thing.time("since"));
            }
        } catch (NoSuchFileException | DamagedException nothingRemembered) {
            return new HashMap<>();
        }
        return since;
    }

    /** Remembers exactly these: new ones, and those said to be so since a time still to come, from now on. */
    public void see(Set<String> things, Instant now) throws IOException {
        since.keySet().retainAll(things);
        since.values().removeIf(time -> time.isAfter(now));
        things.forEach(thing -> since.putIfAbsent(thing, now));
        save();
    }

    /** Forgets these, which were not so when they might have been looked at last: they wait anew from when they are seen. */
    public void forget(Set<String> things) {
        since.keySet().removeAll(things);
    }

    /** Whether it has been seen so for so long. */
    public boolean isOver(String thing, Duration grace, Instant now) {
        Instant time = since.get(thing);
        return grace.isZero() || (time != null && !time.plus(grace).isAfter(now));
    }

    private void save() throws IOException {
        if (file == null) {
            return;
        }
        JsonText json = new JsonText().open('{').key("seen").open('[');
        since.forEach((thing, time) -> json.element()
                .open('{')
                .field("what", thing)
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
