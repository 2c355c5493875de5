package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.process.Pipe;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A dump as a file where PostgreSQL's programs run: what several connections restore from cannot be a stream. It lies in a
 * directory that nobody else may enter. One that was left behind by a restore that was cut off is removed by the
 * next one with several connections.
 */
final class DumpFile implements Closeable {

    private static final int KIBIBYTE = 1024;
    private static final int AVAILABLE = 3;

    private final Server server;
    private final String directory;

    private DumpFile(Server server, String directory) {
        this.server = server;
        this.directory = directory;
    }

    /** @param at the component's place in its snapshots, for a directory that is its own */
    static DumpFile none(Server server, String at) {
        return new DumpFile(
                server, server.temporaryDirectory() + "/holdfast-restore" + at.replaceAll("[^A-Za-z0-9]", "-"));
    }

    String path() {
        return directory + "/database.dump";
    }

    /**
     * Takes away what a restore left that was cut off, since it may be what takes the room.
     *
     * @throws SourceException HF-Q76 if there is no room for a file of so many bytes
     */
    void requireRoom(long bytes) throws IOException {
        close();
        String parent = server.temporaryDirectory();
        List<String> lines =
                run("df", "-Pk", parent).lines().filter(line -> !line.isBlank()).toList();
        String[] columns = lines.getLast().trim().split("\\s+", -1);
        long available = columns.length > AVAILABLE && columns[AVAILABLE].matches("[0-9]{1,15}")
                ? Long.parseLong(columns[AVAILABLE]) * KIBIBYTE
                : 0;
        if (available < bytes) {
            throw new SourceException(
                    "HF-Q76",
                    "With several jobs a dump of %d bytes has to lie as a file in %s where PostgreSQL's programs for %s run, and %d bytes are free there. Nothing was touched. Make room%s, or set jobs: 1 in the plan, which needs no file."
                            .formatted(bytes, parent, server.place(), available, server.otherPlace()));
        }
    }

    /** Writes the dump, in the place of any before it. */
    long write(SnapshotFiles files, String dump) throws IOException {
        close();
        run("mkdir", "-m", "700", directory);
        Command copy = server.there(Command.of("dd", "of=" + path(), "bs=1M")).within(OpenSnapshot.LIMIT);
        return Pipe.run(out -> files.dump(dump, out), in -> server.feed(copy, in));
    }

    private String run(String... argv) throws IOException {
        return server.run(server.there(Command.of(argv)));
    }

    @Override
    public void close() throws IOException {
        run("rm", "-rf", directory);
    }
}
