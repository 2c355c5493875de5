package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.process.CommandFailed;
import io.holdfast.sources.process.Pipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** The program of that name, for one server: it runs dumps in plain format, which stops at the first error. */
record Psql(Server server) implements Loading {

    private static final String PROBE = "\\restrict holdfast\n\\unrestrict holdfast\n";
    private static final String UNKNOWN = "\\restrict";

    @Override
    public void requireReadable(SnapshotFiles files, String database) throws IOException {
        try {
            server.run(PROBE);
        } catch (SourceException e) {
            if (!(e.getCause() instanceof CommandFailed failed)
                    || !failed.stderr().contains(UNKNOWN)) {
                throw e;
            }
            throw new SourceException(
                    "HF-Q47",
                    "The psql for %s cannot read plain dumps: %s Nothing was touched. Bring it up to date: it knows \\restrict since August 2025."
                            .formatted(server.place(), e.getMessage()),
                    e);
        }
        for (String file : List.of(Dumps.create(database), Dumps.sql(database))) {
            read(files, file, in -> in.transferTo(OutputStream.nullOutputStream()));
        }
    }

    /** It leads psql to the new database, to which nobody is connected any more when that has ended. */
    @Override
    public void create(SnapshotFiles files, String database) throws IOException {
        feed(program(server.maintenance(), List.of()), files, Dumps.create(database));
    }

    /** In one transaction if the server has locks enough for that. */
    @Override
    public long fill(String fresh, SnapshotFiles files, String database) throws IOException {
        String dump = Dumps.sql(database);
        try {
            return feed(program(fresh, List.of("--single-transaction")), files, dump);
        } catch (SourceException e) {
            if (Loading.lacksLocks(e)) {
                return feed(program(fresh, List.of()), files, dump);
            }
            throw e;
        }
    }

    private Command program(String database, List<String> arguments) throws IOException {
        var all = new ArrayList<>(List.of("-AtXq", "-v", "ON_ERROR_STOP=1", "-f", "-"));
        all.addAll(arguments);
        return server.program("psql", database, all.toArray(String[]::new)).within(OpenSnapshot.LIMIT);
    }

    private long feed(Command command, SnapshotFiles files, String file) throws IOException {
        return read(files, file, in -> server.feed(command, in));
    }

    private static long read(SnapshotFiles files, String file, Pipe.Reader reader) throws IOException {
        return Pipe.run(out -> files.dump(file, out), in -> reader.read(whole(in, file)));
    }

    private static InputStream whole(InputStream in, String file) {
        return new PlainDump(
                in,
                how -> new SourceException(
                        "HF-Q47",
                        "The dump %s of the snapshot %s. It is not restored. Choose another recovery point."
                                .formatted(file, how)));
    }
}
