package io.holdfast.sources.postgresql;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.vault.Root;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Databases of a PostgreSQL server, dumped while they are used. A snapshot holds {@code globals.sql} (roles and tablespaces),
 * and for each database {@code database.dump} (pg_dump's custom format, left uncompressed so that what did not change is
 * stored once) and {@code postgresql.json} (versions, extensions, the rows of each table at the moment of the dump).
 */
public final class PostgreSqlSource implements ComponentSource {

    private static final byte[] MAGIC = {'P', 'G', 'D', 'M', 'P'};

    private final Source.PostgreSql source;
    private final String at;
    private final Host host;
    private final Server server;

    /**
     * Creates a source.
     *
     * @param at the component's place in its snapshots
     */
    public PostgreSqlSource(Source.PostgreSql source, String at, Host host) {
        this.source = source;
        this.at = at;
        this.host = host;
        server = new Server(source, host);
    }

    @Override
    public Capture capture() {
        return new DumpCapture();
    }

    /** A database that is not there is nothing to keep; a server that does not answer may well have one. */
    @Override
    public Content salvage() throws IOException {
        List<String> there = server.databases();
        List<String> wanted = source.databases().isEmpty() ? there : source.databases();
        List<String> found = wanted.stream().filter(there::contains).toList();
        if (found.isEmpty()) {
            return new Content(List.of(), List.of());
        }
        server.requireProgramOfItsVersion("pg_dump");
        Instant now = host.clock().instant();
        var roots = new ArrayList<Root>(globals(now));
        found.forEach(database -> roots.add(dump(database, null, now)));
        return new Content(roots, List.of())
                .lacking(wanted.stream()
                        .filter(database -> !found.contains(database))
                        .map(database -> "database " + database)
                        .toList());
    }

    @Override
    public WayBack wayBack() {
        return new RestoreDumps(source, at, server, host);
    }

    @Override
    public String byHand() {
        var steps = new ArrayList<String>();
        if (source.globals()) {
            steps.add("psql -f DIRECTORY%s%s template1     (roles; those that exist are errors to pass over)"
                    .formatted(at, Dumps.GLOBALS));
        }
        if (source.databases().isEmpty()) {
            steps.add("For each DATABASE, which is a directory of DIRECTORY%s/databases:".formatted(at));
        }
        for (String database : source.databases().isEmpty() ? List.of("DATABASE") : source.databases()) {
            steps.add("dropdb --maintenance-db=template1 --force --if-exists '%s'".formatted(database));
            steps.add("pg_restore --create --exit-on-error -d template1 'DIRECTORY%s%s'"
                    .formatted(at, Dumps.dump(database)));
        }
        steps.add("postgresql.json beside each dump lists the rows that each table had.");
        return String.join("\n", steps);
    }

    private Root dump(String database, @Nullable OpenSnapshot snapshot, Instant now) {
        return Root.Stream.of(at + Dumps.dump(database), () -> dump(database, snapshot), now);
    }

    private List<Root> globals(Instant now) {
        return source.globals() ? List.of(Root.Stream.of(at + Dumps.GLOBALS, this::globals, now)) : List.of();
    }

    private InputStream dump(String database, @Nullable OpenSnapshot snapshot) throws IOException {
        var arguments = new ArrayList<>(List.of("--format=custom", "--compress=0", "--lock-wait-timeout=300s"));
        if (snapshot != null) {
            arguments.add("--snapshot=" + snapshot.id());
        }
        source.excludeTableData().forEach(pattern -> arguments.add("--exclude-table-data=" + pattern));
        return checked(
                server.stream(server.program("pg_dump", database, arguments.toArray(String[]::new))
                        .within(OpenSnapshot.LIMIT)),
                MAGIC);
    }

    private InputStream globals() throws IOException {
        return checked(
                server.stream(server.program(
                                "pg_dumpall",
                                server.maintenance(),
                                "--globals-only",
                                "--database=" + server.maintenance())
                        .within(OpenSnapshot.LIMIT)),
                new byte[] {'-', '-'});
    }

    /** What has to begin as its format does: a program may end well and have printed something else, or nothing. */
    static InputStream checked(InputStream output, byte[] magic) throws IOException {
        var dump = new PushbackInputStream(output, magic.length);
        byte[] first = dump.readNBytes(magic.length);
        if (!Arrays.equals(first, magic)) {
            output.close();
            throw new SourceException(
                    "HF-Q46",
                    "What PostgreSQL's program printed %s. No snapshot was made; earlier ones are safe. Run it by hand to see why."
                            .formatted(
                                    first.length == 0 ? "is empty, though it ended well" : "begins as no dump does"));
        }
        dump.unread(first);
        return dump;
    }

    private final class DumpCapture implements Capture {

        private List<String> databases = List.of();
        private final List<OpenSnapshot> snapshots = new ArrayList<>();

        /** Its own container does not rest: the dumps run in it. */
        @Override
        public List<String> inspect() throws IOException {
            server.requireProgramOfItsVersion("pg_dump");
            List<String> there = server.databases();
            List<String> wanted = source.databases().isEmpty() ? there : source.databases();
            List<String> missing = wanted.stream()
                    .filter(database -> !there.contains(database))
                    .toList();
            if (wanted.isEmpty() || !missing.isEmpty()) {
                throw new SourceException(
                        "HF-Q43",
                        "PostgreSQL in %s has no database%s, templates aside. Nothing was captured; earlier snapshots are safe. Correct the plan, or restore what is missing."
                                .formatted(
                                        server.place(),
                                        missing.isEmpty() ? "" : " '" + String.join("', '", missing) + "'"));
            }
            databases = wanted;
            return List.of();
        }

        @Override
        public void settle() throws IOException {
            for (String database : databases) {
                snapshots.add(OpenSnapshot.of(server, database));
            }
        }

        @Override
        public boolean lasts() {
            return true;
        }

        @Override
        public Content read() throws IOException {
            Instant now = host.clock().instant();
            var roots = new ArrayList<Root>(globals(now));
            for (OpenSnapshot snapshot : snapshots) {
                String database = snapshot.database();
                roots.add(dump(database, snapshot, now));
                roots.add(new Root.Generated(
                        at + Dumps.facts(database), snapshot.facts().toJson()));
            }
            return new Content(roots, List.of()).as(Content.Given.AS_ONE_STATE);
        }

        @Override
        public void close() {
            snapshots.forEach(OpenSnapshot::close);
        }
    }
}
