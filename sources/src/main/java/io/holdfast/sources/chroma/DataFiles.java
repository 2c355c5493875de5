package io.holdfast.sources.chroma;

import io.holdfast.sources.stream.LiveDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether the files of a data directory are as long as their own headers say. A running server works in memory and does
 * not notice that its files were cut short; the next start does.
 *
 * <pre>
 * chroma.sqlite3             SQLite: 16 magic, page size at 16 (2 bytes, 1 means 65536), change counter at 24, pages at 28,
 *                            version valid for at 92; 4 bytes each, big-endian
 * UUID/header.bin            4 version 1, 8 offset, 8 most elements, 8 elements, 8 bytes per element, …; little-endian
 * UUID/data_level0.bin       bytes per element for each element
 * UUID/length.bin            4 bytes for each element
 * UUID/link_lists.bin        4 bytes for each element, and the links
 * UUID/index_metadata.pickle ids of the elements, once there are any
 * </pre>
 */
final class DataFiles {

    static final String DATABASE = "chroma.sqlite3";

    private static final int BEGINNING = 100;
    private static final String METADATA = "index_metadata.pickle";
    private static final Pattern INDEX =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/(header|length|link_lists|data_level0)\\.bin");
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final SortedMap<String, Found> files = new TreeMap<>();
    private final TreeSet<String> segments = new TreeSet<>();

    /** @param beginning its first bytes */
    @SuppressWarnings("ArrayRecordComponent")
    private record Found(long size, byte[] beginning) {}

    /** @param path below the data directory */
    void add(String path, long size, InputStream content) throws IOException {
        if (INDEX.matcher(path).matches()) {
            segments.add(path.substring(0, path.indexOf('/')));
        }
        files.put(path, new Found(size, content.readNBytes(BEGINNING)));
    }

    static DataFiles in(Path directory) throws IOException {
        var found = new DataFiles();
        for (Path file : LiveDirectory.tree(directory, Integer.MAX_VALUE)) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                try (InputStream content = Files.newInputStream(file)) {
                    found.add(directory.relativize(file).toString(), Files.size(file), content);
                } catch (NoSuchFileException _) {
                    // Nothing rests, and the server has just removed it.
                }
            }
        }
        return found;
    }

    /** @throws ChromaFailure HF-Q53 if they are no data directory, HF-Q54 if one is not whole */
    void require() throws ChromaFailure {
        requireDatabase();
        for (String segment : segments) {
            requireIndex(segment);
        }
    }

    private void requireDatabase() throws ChromaFailure {
        Found database = files.get(DATABASE);
        if (database == null) {
            throw new ChromaFailure(
                    "HF-Q53",
                    "What is there is no data directory of ChromaDB: it has no %s.".formatted(DATABASE),
                    "Let the plan name the directory that the server's --path or PERSIST_DIRECTORY names.");
        }
        ByteBuffer header = ByteBuffer.wrap(database.beginning());
        if (header.limit() < BEGINNING || !header.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw damaged(DATABASE, database.size(), "it does not begin as a SQLite database does");
        }
        int pageSize = header.getShort(16) & 0xffff;
        long pages = Integer.toUnsignedLong(header.getInt(28));
        long expected = pages * (pageSize == 1 ? 65536 : pageSize);
        boolean counts = header.getInt(24) == header.getInt(92) && !isFilled("-journal") && !isFilled("-wal");
        if (counts && database.size() < expected) {
            throw damaged(DATABASE, database.size(), "its header says %d bytes".formatted(expected));
        }
    }

    /** With changes in a file of their own, the header of the database does not tell yet. */
    private boolean isFilled(String suffix) {
        Found found = files.get(DATABASE + suffix);
        return found != null && found.size() > 0;
    }

    private void requireIndex(String segment) throws ChromaFailure {
        Found header = require(segment + "/header.bin", BEGINNING, "its header has %d bytes".formatted(BEGINNING));
        ByteBuffer fields = ByteBuffer.wrap(header.beginning()).order(ByteOrder.LITTLE_ENDIAN);
        boolean known = fields.getInt(0) == 1;
        long elements = known ? fields.getLong(20) : 0;
        long bytes = known ? fields.getLong(28) : 0;
        long most = known ? fields.getLong(12) : 0;
        if (known && (elements < 0 || elements > most || most > Integer.MAX_VALUE || bytes <= 0 || bytes > 1 << 30)) {
            throw damaged(
                    segment + "/header.bin",
                    header.size(),
                    "it counts %d elements of %d bytes, of at most %d".formatted(elements, bytes, most));
        }
        String why = "the header counts %d elements".formatted(elements);
        require(segment + "/data_level0.bin", Math.max(1, elements * bytes), why);
        require(segment + "/length.bin", Math.max(1, elements * Integer.BYTES), why);
        require(segment + "/link_lists.bin", elements * Integer.BYTES, why);
        if (elements > 0) {
            require(segment + "/" + METADATA, 1, why);
        }
    }

    private Found require(String path, long size, String why) throws ChromaFailure {
        @Nullable Found found = files.get(path);
        if (found == null || found.size() < size) {
            throw damaged(
                    path, found == null ? 0 : found.size(), "%s, so that at least %d are needed".formatted(why, size));
        }
        return found;
    }

    private static ChromaFailure damaged(String path, long size, String why) {
        return new ChromaFailure(
                "HF-Q54",
                "%s in the data directory of ChromaDB is cut short or damaged: it has %d bytes, but %s."
                        .formatted(path, size, why),
                "If the server was just writing it, back up again, with quiesce: stop if this happens again. Otherwise restore an earlier snapshot before the server is started anew.");
    }
}
