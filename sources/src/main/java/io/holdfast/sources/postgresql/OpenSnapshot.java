package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SourceException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A moment of a database that a session keeps open, so that what is counted and what is dumped is the same, whoever writes
 * meanwhile (PostgreSQL's exported snapshots). It is there before anything is counted, however long that takes.
 *
 * @param id by which pg_dump takes it
 */
record OpenSnapshot(String id, String database, Server server, BufferedReader session) implements Closeable {

    /** The longest that a dump, or counting what a database holds, may take. */
    static final Duration LIMIT = Duration.ofHours(24);

    static OpenSnapshot of(Server server, String database) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(
                server.stream(server.program(
                                "psql",
                                database,
                                "-AtXq",
                                "-v",
                                "ON_ERROR_STOP=1",
                                "-c",
                                "SET client_encoding = 'UTF8'",
                                "-c",
                                "SET client_connection_check_interval = '1s'",
                                "-c",
                                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                                "-c",
                                "SELECT pg_export_snapshot()",
                                "-c",
                                Facts.QUESTION,
                                "-c",
                                "SELECT pg_sleep(%d)".formatted(LIMIT.toSeconds()))
                        .within(LIMIT)),
                StandardCharsets.UTF_8));
        try {
            return new OpenSnapshot(line(reader), database, server, reader);
        } catch (IOException e) {
            end(reader);
            throw server.explained(e);
        }
    }

    /** What the database held at that moment; asked for once. Waits until all of it is counted. */
    Facts facts() throws IOException {
        try {
            return server.value(Facts.class, line(session));
        } catch (IOException e) {
            throw server.explained(e);
        }
    }

    private static String line(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new SourceException(
                    "HF-Q40", "PostgreSQL's session ended early. Earlier snapshots are safe. Try again.");
        }
        return line;
    }

    @Override
    public void close() {
        end(session);
    }

    private static void end(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException _) {
            // A session that is cut off is what was asked for; the server ends it within a second.
        }
    }
}
