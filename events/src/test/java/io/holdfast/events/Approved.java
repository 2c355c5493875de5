package io.holdfast.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The hand-written documents that say how each event looks on the wire. */
record Approved(String file, Class<? extends Event> type) {

    static final String MINIMAL = ".minimal";

    /** Every document there is, in {@code src/test/resources/approved}. */
    static List<Approved> all() {
        return files().stream().map(Approved::of).toList();
    }

    static List<String> files() {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Approved of(String file) {
        String wireName = file.replace(MINIMAL, "");
        return new Approved(
                file,
                EventTypes.byName(wireName)
                        .orElseThrow(() ->
                                new IllegalArgumentException("approved/%s.json belongs to no event".formatted(file))));
    }

    boolean minimal() {
        return file.endsWith(MINIMAL);
    }

    byte[] bytes() {
        try {
            return Files.readAllBytes(directory().resolve(file + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode json() {
        return EventJson.tree(bytes());
    }

    Event event() {
        return EventJson.read(bytes(), type);
    }

    @Override
    public String toString() {
        return file;
    }

    private static Path directory() {
        try {
            var found = Approved.class.getResource("/approved");
            if (found == null) {
                throw new IllegalStateException("the approved documents are not on the class path");
            }
            return Path.of(found.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
