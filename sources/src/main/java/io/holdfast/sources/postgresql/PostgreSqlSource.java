package io.holdfast.sources.postgresql;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.vault.backup.Root;
import java.io.ByteArrayInputStream;
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
 * stored once), or {@code create.sql} and {@code database.sql} (plain format), and {@code postgresql.json} (versions,
 * extensions, the rows of each table at the moment of the dump).
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
        requirePrograms();
        Instant now = host.clock().instant();
        var roots = new ArrayList<Root>(globals(now));
        found.forEach(database -> roots.addAll(dumps(database, null, now)));
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
            if (isPlain()) {
                steps.add("psql -X -v ON_ERROR_STOP=1 -f 'DIRECTORY%s%s' template1"
                        .formatted(at, Dumps.create(database)));
                steps.add("psql -X -v ON_ERROR_STOP=1 --single-transaction -f 'DIRECTORY%s%s' '%s'"
                        .formatted(at, Dumps.sql(database), database));
            } else {
                steps.add("pg_restore --create --exit-on-error -d template1 'DIRECTORY%s%s'"
                        .formatted(at, Dumps.dump(database)));
            }
        }
        steps.add("postgresql.json beside each dump lists the rows that each table had.");
        return String.join("\n", steps);
    }

    private boolean isPlain() {
        return source.format() == Source.PostgreSql.Format.PLAIN;
    }

    /** A newer program writes into a plain dump what the server does not know; pg_restore passes over that, psql does not. */
    private void requirePrograms() throws IOException {
        int major = server.requireProgramOfItsVersion("pg_dump");
        if (isPlain() && major != server.major()) {
            throw new SourceException(
                    "HF-Q41",
                    "The pg_dump for %s is of version %d, and the server of %d, which could not read its plain dumps. Nothing was touched; earlier snapshots are safe. Install postgresql-client-%d here, name the server's container in the plan, or write format: custom."
                            .formatted(server.place(), major, server.major(), server.major()));
        }
    }

    private List<Root> dumps(String database, @Nullable OpenSnapshot snapshot, Instant now) {
        return isPlain()
                ? List.of(
                        Root.Stream.of(at + Dumps.create(database), () -> creation(database, snapshot), now),
                        Root.Stream.of(at + Dumps.sql(database), () -> plain(database, snapshot), now))
                : List.of(Root.Stream.of(at + Dumps.dump(database), () -> custom(database, snapshot), now));
    }

    private List<Root> globals(Instant now) {
        return source.globals() ? List.of(Root.Stream.of(at + Dumps.GLOBALS, this::globals, now)) : List.of();
    }

    private InputStream custom(String database, @Nullable OpenSnapshot snapshot) throws IOException {
        return checked(
                pgDump(database, snapshot, "--format=custom", "--compress=0"),
                MAGIC,
                printed("pg_dump", "database " + database));
    }

    private InputStream plain(String database, @Nullable OpenSnapshot snapshot) throws IOException {
        return whole(pgDump(database, snapshot, "--format=plain"), "pg_dump", database);
    }

    /** What makes the database itself, which a plain dump mixes with what fills it: some of it comes last. */
    private InputStream creation(String database, @Nullable OpenSnapshot snapshot) throws IOException {
        byte[] archive;
        try (InputStream dump = pgDump(database, snapshot, "--format=custom", "--schema-only", PgRestore.NO_SCHEMA)) {
            archive = dump.readAllBytes();
        }
        byte[] sql = server.run(
                server.program("pg_restore", server.maintenance(), "--create", PgRestore.NO_SCHEMA, "--file=-"),
                new ByteArrayInputStream(archive));
        return whole(new ByteArrayInputStream(sql), "pg_restore", database);
    }

    private InputStream pgDump(String database, @Nullable OpenSnapshot snapshot, String... form) throws IOException {
        var arguments = new ArrayList<>(List.of(form));
        arguments.add("--lock-wait-timeout=300s");
        if (snapshot != null) {
            arguments.add("--snapshot=" + snapshot.id());
        }
        source.excludeTableData().forEach(pattern -> arguments.add("--exclude-table-data=" + pattern));
        return server.stream(server.program("pg_dump", database, arguments.toArray(String[]::new))
                .within(OpenSnapshot.LIMIT));
    }

    private InputStream whole(InputStream dump, String program, String database) {
        return new PlainDump(
                dump,
                how -> new SourceException(
                        "HF-Q46",
                        "%s %s, though it ended well. No snapshot was made; earlier ones are safe. Run it by hand to see why. If it is old, bring it up to date, or write format: custom in the plan."
                                .formatted(printed(program, "database " + database), how)));
    }

    /** The beginning of a sentence for an operator. */
    private String printed(String program, String what) {
        return "What %s printed for %s of %s".formatted(program, server.place(), what);
    }

    private InputStream globals() throws IOException {
        return checked(
                server.stream(server.program(
                                "pg_dumpall",
                                server.maintenance(),
                                "--globals-only",
                                "--database=" + server.maintenance())
                        .within(OpenSnapshot.LIMIT)),
                new byte[] {'-', '-'},
                printed("pg_dumpall", "roles and tablespaces"));
    }

    /**
     * What has to begin as its format does: a program may end well and have printed something else, or nothing.
     *
     * @param printed as the beginning of a sentence for an operator
     */
    static InputStream checked(InputStream output, byte[] magic, String printed) throws IOException {
        var dump = new PushbackInputStream(output, magic.length);
        byte[] first = dump.readNBytes(magic.length);
        if (!Arrays.equals(first, magic)) {
            output.close();
            throw new SourceException(
                    "HF-Q46",
                    "%s %s. No snapshot was made; earlier ones are safe. Run it by hand to see why."
                            .formatted(
                                    printed,
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
            List<String> there = server.databases();
            requirePrograms();
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
                roots.addAll(dumps(database, snapshot, now));
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
