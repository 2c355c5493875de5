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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database, dumped while it is used. A snapshot holds {@code database.dump} (pg_dump's custom format, left
 * uncompressed so that what did not change is stored once), {@code globals.sql} (roles and tablespaces) and {@code
 * postgresql.json} (versions, extensions, the rows of each table at the moment of the dump).
 */
public final class PostgreSqlSource implements ComponentSource {

    static final String DUMP = "database.dump";
    static final String GLOBALS = "globals.sql";
    static final String FACTS = "postgresql.json";

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
        if (!server.has(source.database())) {
            return new Content(List.of(), List.of());
        }
        server.requireProgramOfItsVersion("pg_dump");
        return new Content(dumps(null), List.of());
    }

    @Override
    public WayBack wayBack() {
        return new RestoreDump(source, server, host);
    }

    @Override
    public String byHand() {
        return """
                psql -f DIRECTORY%1$s/%2$s postgres     (roles; those that exist are errors to pass over)
                dropdb --force --if-exists '%3$s'
                pg_restore --create --exit-on-error -d postgres DIRECTORY%1$s/%4$s
                %5$s lists the rows that each table had.""".formatted(at, GLOBALS, source.database(), DUMP, FACTS);
    }

    private List<Root> dumps(@Nullable OpenSnapshot snapshot) {
        Instant now = host.clock().instant();
        var roots = new ArrayList<Root>();
        roots.add(Root.Stream.of(at + "/" + DUMP, () -> dump(snapshot), now));
        if (source.globals()) {
            roots.add(Root.Stream.of(at + "/" + GLOBALS, this::globals, now));
        }
        return roots;
    }

    private InputStream dump(@Nullable OpenSnapshot snapshot) throws IOException {
        var arguments = new ArrayList<>(List.of("--format=custom", "--compress=0", "--lock-wait-timeout=300s"));
        if (snapshot != null) {
            arguments.add("--snapshot=" + snapshot.id());
        }
        source.excludeTableData().forEach(pattern -> arguments.add("--exclude-table-data=" + pattern));
        return checked(
                server.stream(server.program("pg_dump", source.database(), arguments.toArray(String[]::new))
                        .within(OpenSnapshot.LIMIT)),
                MAGIC);
    }

    private InputStream globals() throws IOException {
        return checked(
                server.stream(server.program(
                                "pg_dumpall", Server.MAINTENANCE, "--globals-only", "--database=" + Server.MAINTENANCE)
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

        private @Nullable OpenSnapshot snapshot;

        /** Its own container does not rest: the dump runs in it. */
        @Override
        public List<String> inspect() throws IOException {
            server.requireProgramOfItsVersion("pg_dump");
            if (!server.has(source.database())) {
                throw new SourceException(
                        "HF-Q43",
                        "PostgreSQL in %s has no database '%s'. Nothing was captured; earlier snapshots are safe. Correct the plan, or restore the database."
                                .formatted(server.place(), source.database()));
            }
            snapshot = OpenSnapshot.of(server, source.database());
            return List.of();
        }

        @Override
        public Content read() {
            OpenSnapshot open = Objects.requireNonNull(snapshot, "not inspected");
            List<Root> roots = dumps(open);
            roots.add(new Root.Generated(at + "/" + FACTS, open.facts().toJson()));
            return new Content(roots, List.of());
        }

        @Override
        public void close() {
            if (snapshot != null) {
                snapshot.close();
            }
        }
    }
}
