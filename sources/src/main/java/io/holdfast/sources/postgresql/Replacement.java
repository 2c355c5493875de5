package io.holdfast.sources.postgresql;

import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    private final Server server;
    private final String database;
    private final String aside;
    private final String fresh;
    private boolean wasThere;
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
        dropHalfDropped();
        boolean isThere = server.has(database);
        if (isThere) {
            server.run(connectable(database));
        }
        if (server.has(aside)) {
            if (isConnectable(aside)) {
                throw besides();
            } else if (!isThere) {
                bringBack();
            } else if (holdsNothing()) {
                server.run(dropped(database));
                bringBack();
            } else if (facts.isPresent()
                    && facts.get()
                            .differences(OpenSnapshot.rows(server, database), emptied)
                            .isEmpty()) {
                server.run(dropped(aside));
            } else {
                throw besides();
            }
        }
        server.run(dropped(fresh));
    }

    /** What a server was cut off from dropping can only be dropped. */
    private void dropHalfDropped() throws IOException {
        for (String name : List.of(database, aside)) {
            if (is(name, "datconnlimit = -2")) {
                server.run(dropped(name));
            }
        }
    }

    /** A restore sets nothing aside that is. */
    private boolean isConnectable(String name) throws IOException {
        return is(name, "datallowconn");
    }

    private boolean is(String name, String condition) throws IOException {
        return server.ask("SELECT 'is' FROM pg_database WHERE datname = %s AND %s"
                        .formatted(Sql.literal(name), condition))
                .contains("is");
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
                        "SELECT 'something' FROM (SELECT oid FROM pg_class UNION ALL SELECT oid FROM pg_proc UNION ALL SELECT oid FROM pg_type UNION ALL SELECT oid FROM pg_namespace UNION ALL SELECT oid FROM pg_extension UNION ALL SELECT oid FROM pg_largeobject_metadata) all_of_it WHERE oid >= %d LIMIT 1"
                                .formatted(FIRST_OF_USERS))
                .isEmpty();
    }

    /** Makes the new one, empty. Whoever is connected to the old one, if there is any, is cut off. */
    void create(Loading loading, SnapshotFiles files) throws IOException {
        wasThere = server.has(database);
        if (wasThere) {
            server.run(disconnected(database) + renamed(database, aside));
        }
        bearsItsName = true;
        loading.create(files, database);
        server.run(renamed(database, fresh));
        bearsItsName = false;
        if (wasThere) {
            bringBack();
        }
    }

    /** They change places; the old one stays aside. */
    void change() throws IOException {
        if (wasThere) {
            server.run(disconnected(database) + renamed(database, aside));
        }
        bearsItsName = true;
        server.run(disconnected(fresh) + renamed(fresh, database) + connectable(database));
    }

    /** The old one is not needed any more. */
    void dropOld() throws IOException {
        server.run(dropped(aside));
    }

    /** From wherever it is, but not after {@link #dropOld}: the old one is in its place, and the new one gone. */
    void undo() throws IOException {
        if (bearsItsName) {
            server.run(dropped(database));
        }
        if (server.has(aside)) {
            bringBack();
        } else if (wasThere) {
            server.run(connectable(database));
        }
        server.run(dropped(fresh));
    }

    private void bringBack() throws IOException {
        server.run(renamed(aside, database) + connectable(database));
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

    /** What else would keep PostgreSQL from dropping the old one, in words for an operator. */
    List<String> holders() throws IOException {
        return server.ask(
                "SELECT 'the logical replication slot ' || slot_name FROM pg_replication_slots WHERE database = %1$s UNION ALL SELECT 'the subscription ' || subname FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = %1$s)"
                        .formatted(Sql.literal(database)));
    }
}
