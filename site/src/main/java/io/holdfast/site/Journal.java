package io.holdfast.site;

import io.holdfast.events.Event;
import io.holdfast.events.EventJson;
import io.holdfast.events.EventTypes;
import io.holdfast.events.Request;
import io.holdfast.sources.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a site's service has been asked to do, on its own disk. A request lies here before its record is acknowledged,
 * and stays until its outcome has been announced; so a crash at any moment loses nothing and repeats nothing.
 *
 * <p>One file per request: in {@code open} while there is work to do, in {@code finished} afterwards, where its id is
 * remembered longer than the request topic could deliver it again.
 */
public final class Journal {

    /** What became of an offered request. */
    public enum Acceptance {
        /** It is to be worked off. */
        NEW,
        /** It is open already, with this or a higher attempt. */
        OPEN,
        /** It has ended, with this or a higher attempt. */
        FINISHED
    }

    /**
     * A request that is to be worked off.
     *
     * @param id what makes the request the same when it is offered again
     * @param attempt the highest one that was offered
     */
    public record Entry(String id, int attempt, String correlation, Instant acceptedAt, Request request) {}

    /** An entry as its file holds it. */
    record Stored(String id, int attempt, String correlation, Instant acceptedAt, String type, JsonNode request) {}

    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final String SUFFIX = ".json";

    /** In no id, so that the notes of one entry are never taken for another's. */
    private static final String NOTE = "+";

    private final JournalFailure failure;
    private final Path open;
    private final Path finished;

    private Journal(Path directory) {
        this.failure = new JournalFailure(directory);
        this.open = directory.resolve("open");
        this.finished = directory.resolve("finished");
    }

    /**
     * Opens the journal of a service; ids that ended long ago are forgotten.
     *
     * @param now the present, by which old ids are told
     */
    public static Journal open(Path directory, Instant now) throws IOException {
        var journal = new Journal(directory);
        try {
            DurableFiles.createDirectory(journal.open);
            DurableFiles.createDirectory(journal.finished);
            journal.forget(now.minus(REMEMBERED));
        } catch (IOException e) {
            throw journal.failure.of(directory, e);
        }
        return journal;
    }

    /**
     * Takes a request in, durably. A higher attempt of a request replaces a lower one, open or finished.
     *
     * @throws IOException if it could not be written; it is then not taken in, and must not be acknowledged
     */
    public synchronized Acceptance accept(Entry entry) throws IOException {
        Optional<Entry> known = read(open, entry.id());
        if (known.isPresent()) {
            if (known.get().attempt() < entry.attempt()) {
                write(entry);
            }
            return Acceptance.OPEN;
        }
        if (isAt(finished, entry.id(), entry.attempt())) {
            return Acceptance.FINISHED;
        }
        write(entry);
        return Acceptance.NEW;
    }

    /** Whether a request has been taken in before, with this or a higher attempt, and is open or has ended. */
    public synchronized boolean knows(String id, int attempt) throws IOException {
        return isAt(open, id, attempt) || isAt(finished, id, attempt);
    }

    /** The open entry of an id, as it stands now. */
    public synchronized Optional<Entry> find(String id) throws IOException {
        return read(open, id);
    }

    /** Everything that is to be worked off, oldest first. */
    public synchronized List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        try (Stream<Path> files = Files.list(open)) {
            for (Path file : files.filter(Journal::isEntry).toList()) {
                entries.add(read(file));
            }
        } catch (AccessDeniedException e) {
            throw failure.of(open, e);
        }
        entries.sort(Comparator.comparing(Entry::acceptedAt));
        return entries;
    }

    /**
     * Ends an entry; call it when the outcome has been announced.
     *
     * @return false if a higher attempt came in meanwhile: the entry stays open
     */
    public synchronized boolean finish(Entry entry) throws IOException {
        Optional<Entry> current = read(open, entry.id());
        if (current.isEmpty() || current.get().attempt() > entry.attempt()) {
            return false;
        }
        DurableFiles.move(file(open, entry.id()), file(finished, entry.id()));
        for (Path note : notes(entry.id())) {
            Files.deleteIfExists(note);
        }
        return true;
    }

    /**
     * Keeps, durably, what has been decided or done about an open entry, before anyone is told; one event of each type.
     * After a crash the work goes on from there. Notes go when the entry ends.
     */
    public synchronized void note(Entry entry, Event decided) throws IOException {
        DurableFiles.write(noteOf(entry.id(), decided.getClass()), EventJson.write(decided));
    }

    /** What was noted about an open entry. */
    public synchronized <E extends Event> Optional<E> noted(Entry entry, Class<E> type) throws IOException {
        try {
            return Optional.of(EventJson.read(Files.readAllBytes(noteOf(entry.id(), type)), type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path noteOf(String id, Class<? extends Event> type) {
        return open.resolve(id + NOTE + EventTypes.nameOf(type));
    }

    private List<Path> notes(String id) throws IOException {
        try (Stream<Path> files = Files.list(open)) {
            return files.filter(file -> file.getFileName().toString().startsWith(id + NOTE))
                    .toList();
        }
    }

    private void write(Entry entry) throws IOException {
        var stored = new Stored(
                entry.id(),
                entry.attempt(),
                entry.correlation(),
                entry.acceptedAt(),
                EventTypes.nameOf(entry.request().getClass()),
                EventJson.tree(EventJson.write(entry.request())));
        DurableFiles.write(file(open, entry.id()), EventJson.write(stored));
    }

    private boolean isAt(Path directory, String id, int attempt) throws IOException {
        return read(directory, id).filter(entry -> entry.attempt() >= attempt).isPresent();
    }

    private Optional<Entry> read(Path directory, String id) throws IOException {
        try {
            return Optional.of(read(file(directory, id)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Entry read(Path file) throws IOException {
        try {
            Stored stored = EventJson.read(Files.readAllBytes(file), Stored.class);
            return new Entry(stored.id(), stored.attempt(), stored.correlation(), stored.acceptedAt(), request(stored));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "HF-J02 The journal entry %s cannot be read: %s. Vaults and regions are not affected. Move the file away and start again; the scheduler asks once more for what it stood for."
                            .formatted(file, e.getMessage()),
                    e);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw failure.of(file, e);
        }
    }

    private static Request request(Stored stored) {
        return EventTypes.byName(stored.type())
                .filter(Request.class::isAssignableFrom)
                .map(type -> (Request) EventJson.read(stored.request(), type))
                .orElseThrow(() -> new IllegalArgumentException("'%s' is no request".formatted(stored.type())));
    }

    private void forget(Instant before) throws IOException {
        try (Stream<Path> files = Files.list(finished)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isEntry(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    private static Path file(Path directory, String id) {
        return directory.resolve(id + SUFFIX);
    }
}
