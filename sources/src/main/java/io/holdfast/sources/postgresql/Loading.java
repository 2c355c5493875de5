package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.process.CommandFailed;
import java.io.IOException;

/** How the dump of a database is put back. */
sealed interface Loading permits PgRestore, Psql {

    /**
     * The way that the form asks for which the dump has in the snapshot, whatever the plan says now.
     *
     * @param jobs how many connections fill a database at once, where several can
     * @param at the component's place in its snapshots
     */
    static Loading of(Server server, int jobs, String at, SnapshotFiles files, String database) throws IOException {
        return files.has(Dumps.sql(database)) ? new Psql(server) : PgRestore.of(server, jobs, at);
    }

    /**
     * Looks whether the programs there can read the dump, and there is room for what they need.
     *
     * @throws SourceException HF-Q47 if they cannot
     */
    void requireReadable(SnapshotFiles files, String database) throws IOException;

    /** Makes the database of the dump, under the name that it had: empty, with its owner, rights, settings and comment. */
    void create(SnapshotFiles files, String database) throws IOException;

    /**
     * Fills an empty database with what the dump of another name holds.
     *
     * @return the bytes of the dump
     */
    long fill(String fresh, SnapshotFiles files, String database) throws IOException;

    /** Whether one transaction was more than the server has locks for. */
    static boolean lacksLocks(SourceException e) {
        return e.getCause() instanceof CommandFailed failed && failed.stderr().contains("max_locks_per_transaction");
    }
}
