package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One database that another takes the place of. The new one is made beside it, and they change places when it is whole.
 *
 * <p>A dump makes its database under the name that it had. So for a moment at the beginning the old one gives its name away,
 * and has it back before anything is restored. Whatever is found after a restore that was cut off is one of this: the old
 * name missing, or borne by an empty database, while the old one is aside; a new one that is not whole; or, just before the
 * end, one that has taken its place, with the old one aside.
 */
final class Replacement {

    private static final String ASIDE = "_before_restore";
    private static final String NEW = "_being_restored";
    private static final int LONGEST_NAME = 63;
    private static final int FIRST_OF_USERS = 16_384;
    private static final long NONE = 0;

    private final Server server;
    private final String database;
    private final String aside;
    private final String fresh;
    private long old = NONE;
    private boolean bearsItsName;

    Replacement(Server server, String database) {
        this.server = server;
        this.database = database;
        aside = beside(database, ASIDE);
        fresh = beside(database, NEW);
    }

    /** A name that PostgreSQL does not cut: it takes 63 bytes. A hash stands for what a long one loses. */
    private static String beside(String database, String suffix) {
        String start = database;
        String end = suffix;
        while ((start + end).getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
            end = "_%08x%s".formatted(database.hashCode(), suffix);
        }
        return start + end;
    }

    String database() {
        return database;
    }

    /** Where an old database lies meanwhile. */
    String aside() {
        return aside;
    }

    /** Where the new one is made. */
    String fresh() {
        return fresh;
    }

    /**
     * Brings the database back to its place after a restore that was cut off, and takes away what that had begun.
     *
     * @throws SourceException HF-Q75 if something lies aside that no restore of these contents has left, or nobody has: it is
     *     somebody's, or the database is used
     */
    void recover(Optional<Facts> facts, TablePatterns emptied) throws IOException {
        Found found = found();
        run((found.database() == State.HALF_DROPPED ? dropped(database) : "")
                + (found.aside() == State.HALF_DROPPED ? dropped(aside) : "")
                + (found.database() == State.CLOSED ? connectable(database) : ""));
        run(backInPlace(found, facts, emptied) + (found.fresh() == State.ABSENT ? "" : dropped(fresh)));
    }

    private String backInPlace(Found found, Optional<Facts> facts, TablePatterns emptied) throws IOException {
        if (!found.aside().isWhole()) {
            return "";
        }
        if (found.aside() == State.OPEN) {
            throw besides();
        }
        if (!found.database().isWhole()) {
            return broughtBack();
        }
        if (holdsNothing()) {
            return dropped(database) + broughtBack();
        }
        if (facts.isPresent()
                && facts.get()
                        .differences(Facts.of(server, database).rows(), emptied)
                        .isEmpty()) {
            return dropped(aside);
        }
        throw besides();
    }

    /** What there is under a name. What a server was cut off from dropping can only be dropped. */
    private enum State {
        ABSENT,
        HALF_DROPPED,
        /** Nobody can connect to it: so is whatever a restore sets aside. */
        CLOSED,
        OPEN;

        boolean isWhole() {
            return this == CLOSED || this == OPEN;
        }
    }

    private record Found(State database, State aside, State fresh) {}

    private Found found() throws IOException {
        return server.ask(
                Found.class,
                "SELECT jsonb_build_object('database', %s, 'aside', %s, 'fresh', %s)"
                        .formatted(state(database), state(aside), state(fresh)));
    }

    private static String state(String name) {
        return "coalesce((SELECT CASE WHEN datconnlimit = -2 THEN 'HALF_DROPPED' WHEN datallowconn THEN 'OPEN' ELSE 'CLOSED' END FROM pg_database WHERE datname = %s), 'ABSENT')"
                .formatted(Sql.literal(name));
    }

    private void run(String statements) throws IOException {
        if (!statements.isEmpty()) {
            server.run(statements);
        }
    }

    private SourceException besides() {
        return new SourceException(
                "HF-Q75",
                "Beside the database %1$s there is %2$s: what an earlier restore, which was cut off or failed at its very end, had set aside, or a copy that somebody made. Nothing was touched. See which is the good one; where one takes no connections, this lets you look: ALTER DATABASE %3$s ALLOW_CONNECTIONS true. Drop the other, or rename it to keep it, so that there is no %2$s any more; then restore again."
                        .formatted(database, aside, Sql.identifier(aside)));
    }

    private boolean holdsNothing() throws IOException {
        return server.ask(
                database,
                Boolean.class,
                "SELECT to_jsonb(NOT EXISTS (SELECT FROM (SELECT oid FROM pg_class UNION ALL SELECT oid FROM pg_proc UNION ALL SELECT oid FROM pg_type UNION ALL SELECT oid FROM pg_namespace UNION ALL SELECT oid FROM pg_extension UNION ALL SELECT oid FROM pg_largeobject_metadata) all_of_it WHERE oid >= %d))"
                        .formatted(FIRST_OF_USERS));
    }

    /** Makes the new one, empty. Whoever is connected to the old one, if there is any, is cut off. */
    void create(Loading loading, SnapshotFiles files) throws IOException {
        old = server.ask(
                Long.class,
                "SELECT coalesce((SELECT oid::bigint FROM pg_database WHERE datname = %s), %d)"
                        .formatted(Sql.literal(database), NONE));
        if (wasThere()) {
            run(disconnected(database) + renamed(database, aside));
        }
        bearsItsName = true;
        loading.create(files, database);
        run(renamed(database, fresh) + (wasThere() ? broughtBack() : ""));
        bearsItsName = false;
    }

    private boolean wasThere() {
        return old != NONE;
    }

    /** They change places, in one transaction; the old one stays aside. */
    void change() throws IOException {
        bearsItsName = true;
        run((wasThere() ? disconnected(database) : "")
                + disconnected(fresh)
                + "BEGIN;\n"
                + (wasThere() ? renamed(database, aside) : "")
                + renamed(fresh, database)
                + connectable(database)
                + "COMMIT;\n");
    }

    /** The old one is not needed any more. */
    void dropOld() throws IOException {
        if (wasThere()) {
            run(dropped(aside));
        }
    }

    /**
     * From wherever it is, but not after {@link #dropOld}: the old one is in its place, and the new one gone. Nobody can tell
     * whether a server did the last thing that it was asked; so where there was an old one, what bears the name is dropped
     * only if it is the old one that lies aside.
     */
    void undo() throws IOException {
        boolean isAside = server.ask(
                Boolean.class,
                "SELECT to_jsonb(EXISTS (SELECT FROM pg_database WHERE oid = %d AND datname = %s))"
                        .formatted(old, Sql.literal(aside)));
        String inPlace = wasThere() ? connectable(database) : "";
        run((bearsItsName && (isAside || !wasThere()) ? dropped(database) : "")
                + (isAside ? broughtBack() : inPlace)
                + dropped(fresh));
    }

    private String broughtBack() {
        return renamed(aside, database) + connectable(database);
    }

    private static String renamed(String from, String to) {
        return "ALTER DATABASE %s RENAME TO %s;\n".formatted(Sql.identifier(from), Sql.identifier(to));
    }

    private static String connectable(String name) {
        return "ALTER DATABASE %s ALLOW_CONNECTIONS true;\n".formatted(Sql.identifier(name));
    }

    private static String disconnected(String name) {
        return """
                ALTER DATABASE %s ALLOW_CONNECTIONS false;
                SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                WHERE datname = %s AND pid <> pg_backend_pid();
                """.formatted(Sql.identifier(name), Sql.literal(name));
    }

    private static String dropped(String name) {
        return "DROP DATABASE IF EXISTS %s WITH (FORCE);\n".formatted(Sql.identifier(name));
    }
}
