package io.holdfast.sources.postgresql;

import io.holdfast.plan.Source;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.process.Command;
import io.holdfast.sources.process.CommandFailed;
import io.holdfast.sources.process.Pipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Puts a dump back. The database that is there is set aside under another name first, and dropped only when the new one
 * is whole and has the rows that the dump had; whatever goes wrong before brings the old one back.
 */
final class RestoreDump implements WayBack {

    private static final Duration MIGRATION = Duration.ofHours(2);
    private static final String ASIDE = "_before_restore";
    private static final int LONGEST_NAME = 63;
    private static final int SHOWN = 5;

    private final Source.PostgreSql source;
    private final Server server;
    private final Host host;
    private final String database;
    private final String aside;

    RestoreDump(Source.PostgreSql source, Server server, Host host) {
        this.source = source;
        this.server = server;
        this.host = host;
        database = source.database();
        aside = aside(database);
    }

    /** A name that PostgreSQL does not cut: it takes 63 bytes. */
    static String aside(String database) {
        String start = database;
        while ((start + ASIDE).getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
        }
        return start + ASIDE;
    }

    @Override
    public String target() {
        return "database %s of PostgreSQL in %s".formatted(database, server.place());
    }

    /** Who uses the database rests meanwhile, if the plan names them; the server itself is needed. */
    @Override
    public List<String> containers() {
        return source.quiesce().containers();
    }

    @Override
    public void prepare(SnapshotFiles files) throws IOException {
        if (!files.children("/").contains(PostgreSqlSource.DUMP)) {
            throw new SourceException(
                    "HF-Q47",
                    "The snapshot holds no %s. Nothing was touched. Choose another recovery point."
                            .formatted(PostgreSqlSource.DUMP));
        }
        server.requireProgramOfItsVersion("pg_restore");
        Optional<Facts> facts = facts(files);
        if (facts.isPresent()) {
            requireVersionOf(facts.get());
        }
        requireExtensions(facts.map(it -> it.extensions().keySet()).orElse(Set.of()));
        requireMayCreate();
    }

    private void requireVersionOf(Facts facts) throws IOException {
        int major = server.version() / 10_000;
        if (major < facts.major()) {
            throw new SourceException(
                    "HF-Q41",
                    "The dump is of PostgreSQL %d, and the server in %s is of version %d. Nothing was touched. Restore into a server of version %d or later."
                            .formatted(facts.major(), server.place(), major, facts.major()));
        }
    }

    private void requireMayCreate() throws IOException {
        if (!server.ask(
                        Server.MAINTENANCE,
                        "SELECT 'may' FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolcreatedb)")
                .contains("may")) {
            throw new SourceException(
                    "HF-Q44",
                    "User '%s' of PostgreSQL in %s may not create databases. Nothing was touched. Give it CREATEDB, or name a superuser in the plan."
                            .formatted(source.user(), server.place()));
        }
    }

    private void requireExtensions(Set<String> ofDump) throws IOException {
        var missing = new TreeSet<>(ofDump);
        missing.addAll(source.extensions());
        missing.removeAll(server.ask(Server.MAINTENANCE, "SELECT name FROM pg_available_extensions"));
        if (!missing.isEmpty()) {
            throw new SourceException(
                    "HF-Q45",
                    "PostgreSQL in %s cannot make the extensions %s, which the database needs. Nothing was touched. Install their packages on the server, then try again."
                            .formatted(server.place(), String.join(", ", missing)));
        }
    }

    @Override
    public Restored put(SnapshotFiles files) throws IOException {
        Optional<Facts> facts = facts(files);
        restoreGlobals(files);
        setAside();
        try {
            long bytes = restoreDump(files);
            createMissingExtensions();
            if (facts.isPresent()) {
                requireSameRows(facts.get());
            }
            drop(aside);
            return new Restored(1, 0, 0, bytes);
        } catch (IOException e) {
            throw withWayBack(e);
        }
    }

    /** Roles and tablespaces that are missing; those that exist keep what they have, their passwords above all. */
    private void restoreGlobals(SnapshotFiles files) throws IOException {
        if (!files.children("/").contains(PostgreSqlSource.GLOBALS)) {
            return;
        }
        var globals = new ByteArrayOutputStream();
        files.dump("/" + PostgreSqlSource.GLOBALS, globals);
        List<String> existing = server.ask(
                Server.MAINTENANCE,
                "SELECT 'ROLE ' || quote_ident(rolname) FROM pg_roles UNION SELECT 'TABLESPACE ' || quote_ident(spcname) FROM pg_tablespace");
        server.run(Server.MAINTENANCE, Globals.without(globals.toString(StandardCharsets.UTF_8), existing));
    }

    /** After a restore that was cut off the old database is aside already, and what has its name is a part of the new. */
    private void setAside() throws IOException {
        if (server.has(aside)) {
            drop(database);
        } else if (server.has(database)) {
            try {
                endConnections(database);
                rename(database, aside);
            } catch (IOException e) {
                letConnect(e);
                throw e;
            }
        }
    }

    private void rename(String from, String to) throws IOException {
        server.run(
                Server.MAINTENANCE,
                "ALTER DATABASE %s RENAME TO %s;".formatted(Sql.identifier(from), Sql.identifier(to)));
    }

    private void letConnect() throws IOException {
        server.run(Server.MAINTENANCE, "ALTER DATABASE %s ALLOW_CONNECTIONS true;".formatted(Sql.identifier(database)));
    }

    /** A database that could not be set aside is used on. */
    private void letConnect(IOException failure) {
        try {
            letConnect();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void endConnections(String name) throws IOException {
        server.run(Server.MAINTENANCE, """
                ALTER DATABASE %s ALLOW_CONNECTIONS false;
                SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                WHERE datname = %s AND pid <> pg_backend_pid();
                """.formatted(Sql.identifier(name), Sql.literal(name)));
    }

    private void drop(String name) throws IOException {
        server.run(Server.MAINTENANCE, "DROP DATABASE IF EXISTS %s WITH (FORCE);".formatted(Sql.identifier(name)));
    }

    private long restoreDump(SnapshotFiles files) throws IOException {
        Command restore = server.program(
                        "pg_restore",
                        Server.MAINTENANCE,
                        "--create",
                        "--exit-on-error",
                        "--dbname=" + Server.MAINTENANCE)
                .within(OpenSnapshot.LIMIT);
        return Pipe.run(out -> files.dump("/" + PostgreSqlSource.DUMP, out), dump -> server.feed(restore, dump));
    }

    private void createMissingExtensions() throws IOException {
        for (String extension : source.extensions()) {
            server.run(database, "CREATE EXTENSION IF NOT EXISTS %s;".formatted(Sql.identifier(extension)));
        }
    }

    private void requireSameRows(Facts facts) throws IOException {
        SortedMap<String, Long> now = OpenSnapshot.rows(server, database);
        List<String> differences = facts.differences(now, TablePatterns.of(source.excludeTableData()));
        if (!differences.isEmpty()) {
            throw new SourceException(
                    "HF-Q49",
                    "The restored database differs from the dump in %d tables: %s."
                            .formatted(
                                    differences.size(),
                                    String.join("; ", differences.subList(0, Math.min(SHOWN, differences.size())))));
        }
    }

    private IOException withWayBack(IOException failure) {
        SourceException told = failure instanceof SourceException known
                ? known
                : new SourceException(
                        "HF-Q49", "Cannot restore %s: %s.".formatted(target(), failure.getMessage()), failure);
        try {
            if (!server.has(aside)) {
                return told;
            }
            drop(database);
            rename(aside, database);
            letConnect();
            return told.with("The database is back as it was before the restore.");
        } catch (IOException e) {
            told.addSuppressed(e);
            return told.with("The database as it was is kept under the name %s; rename it back when the server answers."
                    .formatted(aside));
        }
    }

    @Override
    public void finish(SnapshotFiles files) throws IOException {
        server.run(database, "ANALYZE;", OpenSnapshot.LIMIT);
        if (source.migrate().isEmpty()) {
            return;
        }
        try {
            host.commands().run(Command.of(source.migrate()).within(MIGRATION));
        } catch (CommandFailed e) {
            throw new SourceException(
                    "HF-Q48",
                    "The database %s is restored, but the command that migrates it failed: %s Run it by hand before the application starts."
                            .formatted(database, e.getMessage()),
                    e);
        }
    }

    @Override
    public void validate(SnapshotFiles files) throws IOException {
        List<String> there = server.ask(database, "SELECT extname FROM pg_extension");
        List<String> missing = source.extensions().stream()
                .filter(name -> !there.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new SourceException(
                    "HF-Q49",
                    "The restored database %s lacks the extensions %s. Create them before the application starts."
                            .formatted(database, String.join(", ", missing)));
        }
    }

    /** None of a state that was kept just before a restore: it is dumped as it is. */
    private static Optional<Facts> facts(SnapshotFiles files) throws IOException {
        if (!files.children("/").contains(PostgreSqlSource.FACTS)) {
            return Optional.empty();
        }
        var json = new ByteArrayOutputStream();
        files.dump("/" + PostgreSqlSource.FACTS, json);
        return Optional.of(Facts.fromJson(json.toByteArray()));
    }
}
