package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.process.CommandFailed;
import io.holdfast.sources.process.Pipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The program of that name, for one server: it makes a database, and fills it.
 *
 * @param major its version; never older than the server
 * @param jobs how many connections fill a database at once
 * @param file where a dump lies meanwhile if they are several
 */
record PgRestore(Server server, int major, int jobs, DumpFile file) implements Loading {

    /** No dump has anything of it, and what belongs to the database itself is restored whatever else is chosen. */
    static final String NO_SCHEMA = "--schema=pg_toast";

    /** What a program of version 17 or later sets on every server, and an older one does not know. */
    private static final String UNKNOWN = "transaction_timeout";

    private static final Pattern WENT_ON = Pattern.compile(": \\d+\\s*$");

    /** @param at the component's place in its snapshots */
    static PgRestore of(Server server, int jobs, String at) throws IOException {
        return new PgRestore(server, server.requireProgramOfItsVersion("pg_restore"), jobs, DumpFile.none(server, at));
    }

    @Override
    public void requireReadable(SnapshotFiles files, String database) throws IOException {
        String dump = Dumps.dump(database);
        try {
            feed(server.program("pg_restore", server.maintenance(), "--list"), files, dump);
        } catch (SourceException e) {
            throw new SourceException(
                    "HF-Q47",
                    "The %s of version %d for %s cannot read %s: %s Nothing was touched. Restore with programs of the version that made the dump, or choose another recovery point."
                            .formatted("pg_restore", major, server.place(), dump, e.getMessage()),
                    e);
        }
        if (jobs > 1) {
            file.requireRoom(files.size(dump));
        }
    }

    @Override
    public void create(SnapshotFiles files, String database) throws IOException {
        feed(program(server.maintenance(), List.of("--create", NO_SCHEMA)), files, Dumps.dump(database));
    }

    /** With several connections, or in one transaction if the server has locks enough for that. */
    @Override
    public long fill(String fresh, SnapshotFiles files, String database) throws IOException {
        String dump = Dumps.dump(database);
        if (jobs > 1) {
            try (file) {
                long bytes = file.write(files, dump);
                restore(program(fresh, List.of("--jobs=" + jobs, file.path())));
                return bytes;
            }
        }
        Command oneByOne = program(fresh, List.of());
        if (isNewer()) {
            return feed(oneByOne, files, dump);
        }
        try {
            return feed(program(fresh, List.of("--single-transaction")), files, dump);
        } catch (SourceException e) {
            if (Loading.lacksLocks(e)) {
                return feed(oneByOne, files, dump);
            }
            throw e;
        }
    }

    private Command program(String database, List<String> arguments) throws IOException {
        var all = new ArrayList<>(arguments);
        all.addFirst("--dbname=" + Sql.connection(database));
        if (!isNewer()) {
            all.addFirst("--exit-on-error");
        }
        return server.program("pg_restore", server.maintenance(), all.toArray(String[]::new))
                .within(OpenSnapshot.LIMIT);
    }

    private boolean isNewer() throws IOException {
        return major > server.major();
    }

    private long feed(Command command, SnapshotFiles files, String dump) throws IOException {
        return Pipe.run(out -> files.dump(dump, out), in -> {
            try {
                server.feed(command, in);
            } catch (SourceException e) {
                requireNothingButUnknown(e);
            }
        });
    }

    private void restore(Command command) throws IOException {
        try {
            server.run(command);
        } catch (SourceException e) {
            requireNothingButUnknown(e);
        }
    }

    /** A program that is newer than the server goes on after errors, and says so at the end: this must be the only one. */
    private void requireNothingButUnknown(SourceException e) throws IOException {
        if (!isNewer()
                || !(e.getCause() instanceof CommandFailed failed)
                || !WENT_ON.matcher(failed.stderr()).find()
                || failed.stderr()
                        .lines()
                        .anyMatch(line -> Failures.ERROR.matcher(line).find() && !line.contains(UNKNOWN))) {
            throw e;
        }
    }
}
