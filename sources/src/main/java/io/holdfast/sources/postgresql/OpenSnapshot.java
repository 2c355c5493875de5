package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SourceException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A moment of a database that a session keeps open, so that what is counted and what is dumped is the same, whoever writes
 * meanwhile (PostgreSQL's exported snapshots). It is there before anything is counted, however long that takes.
 *
 * @param id by which pg_dump takes it
 */
record OpenSnapshot(String id, String database, int version, Server server, BufferedReader session)
        implements Closeable {

    /** The longest that a dump, or counting what a database holds, may take. */
    static final Duration LIMIT = Duration.ofHours(24);

    private static final String END = "-- that is all --";

    /** Each table with its number of rows, counted one by one. */
    private static final String ROWS = """
            SELECT format('%I.%I', n.nspname, c.relname) || '|' || (xpath('/row/n/text()',
                query_to_xml(format('SELECT count(*) AS n FROM ONLY %I.%I', n.nspname, c.relname), false, true, '')))[1]::text
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            """;

    private static final String EXTENSIONS = "SELECT extname || '|' || extversion FROM pg_extension";

    static OpenSnapshot of(Server server, String database) throws IOException {
        int version = server.version();
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
                                EXTENSIONS,
                                "-c",
                                "SELECT " + Sql.literal(END),
                                "-c",
                                ROWS,
                                "-c",
                                "SELECT " + Sql.literal(END),
                                "-c",
                                "SELECT pg_sleep(%d)".formatted(LIMIT.toSeconds()))
                        .within(LIMIT)),
                StandardCharsets.UTF_8));
        try {
            return new OpenSnapshot(line(reader), database, version, server, reader);
        } catch (IOException e) {
            end(reader);
            throw server.explained(e);
        }
    }

    /** What the database held at that moment; asked for once. Waits until all of it is counted. */
    Facts facts() throws IOException {
        try {
            SortedMap<String, String> extensions = Facts.pairs(untilEnd(session));
            return new Facts(version, database, extensions, counted(untilEnd(session)));
        } catch (IOException e) {
            throw server.explained(e);
        }
    }

    /** The rows of each table now. */
    static SortedMap<String, Long> rows(Server server, String database) throws IOException {
        return counted(server.ask(database, ROWS, LIMIT));
    }

    private static SortedMap<String, Long> counted(List<String> lines) {
        var rows = new TreeMap<String, Long>();
        Facts.pairs(lines).forEach((table, count) -> rows.put(table, Long.valueOf(count)));
        return rows;
    }

    private static List<String> untilEnd(BufferedReader reader) throws IOException {
        var lines = new ArrayList<String>();
        for (String line = line(reader); !line.equals(END); line = line(reader)) {
            lines.add(line);
        }
        return lines;
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
