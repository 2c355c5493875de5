package io.holdfast.sources.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every version, and what one server is enough for. */
class PostgreSqlIT extends PostgreSqlContract {

    private static final int TYPES = 2_000;
    private static final int AT_ONCE = 200;

    PostgreSqlIT() {
        super(TestImage.POSTGRES, "-c", "max_locks_per_transaction=10", "-c", "max_connections=20");
    }

    @Test
    void bringsBackADatabaseWhoseNameIsAsLongAsItMayBe() throws Exception {
        String name = "d".repeat(63);
        postgres.run("postgres", "CREATE DATABASE " + name);
        postgres.run(name, "CREATE TABLE documents (id int)", "INSERT INTO documents VALUES (1)");
        Source.PostgreSql longNamed = inContainer(name);
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, longNamed);

            assertThatThrownBy(() -> putBack(longNamed, new OneRowMore(files, name)))
                    .hasMessageContaining("is back as it was before");
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
        postgres.run("postgres", "DROP DATABASE " + name);
    }

    @Test
    void touchesNothingWhereTheServerLacksAnExtension() throws Exception {
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer());

            assertThatThrownBy(() -> prepare(inContainer(), new OneMoreExtension(files)))
                    .hasMessageStartingWith("HF-Q45 ")
                    .hasMessageContaining("timescaledb")
                    .hasMessageContaining("Nothing was touched");
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
    }

    /** The application is brought back between {@code put} and {@code finish}. */
    @Test
    void migratesWhatIsBackBeforeTheApplicationIs(@TempDir Path directory) throws Exception {
        Path migrated = directory.resolve("migrated");
        Source.PostgreSql migrating = migratedBy("touch", migrated.toString());
        Source.PostgreSql failing =
                migratedBy("cat", directory.resolve("no-revision").toString());
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer());
            WayBack wayBack = new PostgreSqlSource(migrating, AT, host()).wayBack();
            wayBack.prepare(files);
            assertThat(migrated).doesNotExist();

            wayBack.put(files);

            assertThat(migrated).exists();
            WayBack other = new PostgreSqlSource(failing, AT, host()).wayBack();
            other.prepare(files);
            assertThatThrownBy(() -> other.put(files))
                    .hasMessageStartingWith("HF-Q48 ")
                    .hasMessageContaining("is restored and whole")
                    .hasMessageContaining("no-revision");
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
    }

    @Test
    void bringsBackDatabasesWhoseLongNamesDifferOnlyAtTheEnd() throws Exception {
        String one = "d".repeat(62) + "1";
        String two = "d".repeat(62) + "2";
        for (String name : List.of(one, two)) {
            postgres.run("postgres", "CREATE DATABASE " + name);
            postgres.run(name, "CREATE TABLE things (id int)", "INSERT INTO things VALUES (1)");
        }
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer(one, two));
            postgres.run("postgres", "DROP DATABASE " + one);
            postgres.run(two, "TRUNCATE things");

            putBack(inContainer(one, two), files);
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
        postgres.run("postgres", "DROP DATABASE " + one, "DROP DATABASE " + two);
    }

    @Test
    void goesOnWhereverARestoreWasCutOff() throws Exception {
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer());

            postgres.run("postgres", closed("app"));
            prepare(inContainer(), files);
            assertThat(postgres.fingerprint()).isEqualTo(before);

            postgres.run("postgres", closed("app"), "ALTER DATABASE app RENAME TO app_before_restore");
            prepare(inContainer(), files);
            assertThat(postgres.fingerprint()).isEqualTo(before);

            postgres.run(
                    "postgres",
                    closed("app"),
                    "ALTER DATABASE app RENAME TO app_before_restore",
                    "CREATE DATABASE app",
                    "CREATE DATABASE app_being_restored");
            postgres.run("app_being_restored", "CREATE TABLE documents (id int)");
            prepare(inContainer(), files);
            assertThat(postgres.fingerprint()).isEqualTo(before);

            postgres.run(
                    "postgres",
                    closed("app"),
                    "ALTER DATABASE app RENAME TO app_before_restore",
                    "CREATE DATABASE app",
                    halfDropped("app"));
            prepare(inContainer(), files);
            assertThat(postgres.fingerprint()).isEqualTo(before);

            postgres.run(
                    "postgres",
                    "CREATE DATABASE app_before_restore",
                    closed("app_before_restore"),
                    halfDropped("app_before_restore"));
            prepare(inContainer(), files);
            assertThat(postgres.fingerprint()).isEqualTo(before);

            postgres.run("postgres", "CREATE DATABASE app_before_restore", closed("app_before_restore"), closed("app"));
            putBack(inContainer(), files);
            assertThat(postgres.fingerprint()).isEqualTo(before);
        }
    }

    private static String closed(String database) {
        return "ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(database);
    }

    /** As a server has it that was cut off from dropping it. */
    private static String halfDropped(String database) {
        return "UPDATE pg_database SET datconnlimit = -2 WHERE datname = '%s'".formatted(database);
    }

    @Test
    void leavesADatabaseAloneThatIsUsedBesideWhatAnEarlierRestoreSetAside() throws Exception {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer());
            postgres.run("postgres", "CREATE DATABASE app_before_restore");
            postgres.run("app", "CREATE TABLE since_then (id int)", "INSERT INTO logs VALUES ('since')");
            SortedMap<String, String> before = postgres.fingerprint();
            postgres.run("postgres", closed("app_before_restore"));

            assertThatThrownBy(() -> prepare(inContainer(), files))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q75"))
                    .hasMessageContaining("Beside the database app there is app_before_restore")
                    .hasMessageContaining("Nothing was touched");
            postgres.run("postgres", "ALTER DATABASE app_before_restore ALLOW_CONNECTIONS true");
            assertThat(postgres.fingerprint()).isEqualTo(before);

            postgres.run("postgres", "DROP DATABASE app_before_restore");
            prepare(inContainer(), files);
        }
        postgres.run("app", "DROP TABLE since_then", "DELETE FROM logs WHERE line = 'since'");
    }

    @Test
    void leavesACopyAloneThatSomebodyMadeUnderTheNameOfWhatARestoreSetsAside() throws Exception {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer());
            postgres.run("postgres", "CREATE DATABASE app_before_restore TEMPLATE app");
            SortedMap<String, String> before = postgres.fingerprint();

            assertThatThrownBy(() -> prepare(inContainer(), files))
                    .hasMessageStartingWith("HF-Q75 ")
                    .hasMessageContaining("Nothing was touched");
            assertThat(postgres.fingerprint()).isEqualTo(before);
        }
        postgres.run("postgres", "DROP DATABASE app_before_restore");
    }

    @Test
    void refusesToReplaceADatabaseTogetherWithOneOfTheNameThatItNeeds() throws Exception {
        postgres.run("postgres", "CREATE DATABASE app_being_restored TEMPLATE app");
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            Source.PostgreSql both = inContainer("app", "app_being_restored");
            SnapshotFiles files = stored(vault, both);

            assertThatThrownBy(() -> prepare(both, files))
                    .hasMessageStartingWith("HF-Q75 ")
                    .hasMessageContaining("app and app_being_restored")
                    .hasMessageContaining("Nothing was touched");
            assertThat(postgres.fingerprint()).isEqualTo(before);
        }
        postgres.run("postgres", "DROP DATABASE app_being_restored");
    }

    @Test
    void refusesToReplaceADatabaseThatCouldNotBeDropped() throws Exception {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer());
            postgres.run(
                    "app",
                    "CREATE SUBSCRIPTION held CONNECTION 'dbname=none' PUBLICATION p WITH (connect = false, slot_name = NONE)");
            SortedMap<String, String> before = postgres.fingerprint();
            try {
                assertThatThrownBy(() -> prepare(inContainer(), files))
                        .hasMessageStartingWith("HF-Q75 ")
                        .hasMessageContaining("the subscription held");
                assertThat(postgres.fingerprint()).isEqualTo(before);
            } finally {
                postgres.run("app", "DROP SUBSCRIPTION held");
            }
        }
    }

    @Test
    void dumpsAndRestoresOverTheNetworkWithThePassword() throws Exception {
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, overNetwork("PG_PASSWORD"));
            assertThat(files.children("/databases/app")).containsExactlyInAnyOrder("database.dump", "postgresql.json");
            assertThat(files.children("/")).containsExactlyInAnyOrder("databases", "globals.sql");
            postgres.run("app", "DROP TABLE documents CASCADE");

            putBack(overNetwork("PG_PASSWORD"), files);
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
    }

    @Test
    void bringsBackPlainDumpsWithWhatBelongsToTheDatabasesThemselves() throws Exception {
        createOdd();
        postgres.run(
                "postgres",
                "ALTER DATABASE %s SET work_mem = '5MB'".formatted(Sql.identifier(ODD)),
                "GRANT CREATE ON DATABASE %s TO pg_monitor".formatted(Sql.identifier(ODD)));
        postgres.run(ODD, "CREATE TABLE odd (text text)", "INSERT INTO odd VALUES (E'\\\\.\n\\\\! false\n'), ('\\.')");
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, plain("app", ODD));
            assertThat(files.children("/databases/app"))
                    .containsExactlyInAnyOrder("create.sql", "database.sql", "postgresql.json");
            postgres.run("app", "DROP TABLE documents CASCADE");
            postgres.run("postgres", "DROP DATABASE " + Sql.identifier(ODD));

            putBack(inContainer("app", ODD), files);
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
        postgres.run("postgres", "DROP DATABASE " + Sql.identifier(ODD));
    }

    @Test
    void restoresNoPlainDumpThatEndsEarly() throws Exception {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, plain("app"));
            SortedMap<String, String> before = postgres.fingerprint();

            assertThatThrownBy(() -> prepare(plain("app"), new CutShort(files)))
                    .hasMessageStartingWith("HF-Q47 ")
                    .hasMessageContaining("/databases/app/database.sql of the snapshot ends early");
            assertThatThrownBy(() -> new PostgreSqlSource(plain("app"), AT, host())
                            .wayBack()
                            .put(new CutShort(files)))
                    .hasMessageStartingWith("HF-Q47 ")
                    .hasMessageContaining("Each database is back as it was before");
            assertThat(postgres.fingerprint()).isEqualTo(before);
        }
    }

    @Test
    void takesNoPlainDumpsFromOrToProgramsThatDoNotKnowRestrict() throws Exception {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, plain("app"));
            replaceProgram(
                    "psql", "if grep -q restrict; then echo 'error: invalid command \\restrict' >&2; exit 3; fi");
            try {
                assertThatThrownBy(() -> new Psql(server()).requireReadable(files, "app"))
                        .hasMessageStartingWith("HF-Q47 ")
                        .hasMessageContaining("Bring it up to date");
                replaceProgram("psql", "echo 'error: the server is gone' >&2; exit 2");
                assertThatThrownBy(() -> new Psql(server()).requireReadable(files, "app"))
                        .hasMessageStartingWith("HF-Q40 ")
                        .hasMessageContaining("the server is gone");
            } finally {
                postgres.exec("rm", "/usr/local/bin/psql");
            }
            replaceProgram("pg_dump", """
                    dump() { /usr/lib/postgresql/15/bin/pg_dump "$@"; }
                    case "$*" in
                        *--format=plain*) dump "$@" | grep -v '^.restrict \\|^.unrestrict ' ;;
                        *) dump "$@" ;;
                    esac
                    """);
            try {
                assertThatThrownBy(() -> stored(vault, plain("app")))
                        .hasMessageContaining("HF-Q46 What pg_dump printed for container")
                        .hasMessageContaining("of database app lacks \\restrict")
                        .hasMessageContaining("earlier ones are safe");
            } finally {
                postgres.exec("rm", "/usr/local/bin/pg_dump");
            }
        }
    }

    private Server server() {
        return new Server(inContainer("app"), host());
    }

    /** By one that is found first. */
    private void replaceProgram(String program, String script) {
        String file = "/usr/local/bin/" + program;
        postgres.exec("sh", "-c", "printf '%s\n' '#!/bin/sh' \"$1\" > $0; chmod 755 $0", file, script);
    }

    @Test
    void namesAllThatCouldNotBeDroppedThoughAllIsRestored() throws Exception {
        createOdd();
        SortedMap<String, String> before = postgres.fingerprint();
        List<String> asides = List.of("app_before_restore", ODD + "_before_restore");
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer("app", ODD));
            WayBack wayBack = new PostgreSqlSource(inContainer("app", ODD), AT, host()).wayBack();
            wayBack.prepare(files);
            for (String database : List.of("app", ODD)) {
                postgres.run(
                        database,
                        "CREATE SUBSCRIPTION %s CONNECTION 'dbname=none' PUBLICATION p WITH (connect = false, slot_name = NONE)"
                                .formatted(database.equals("app") ? "one" : "two"));
            }

            assertThatThrownBy(() -> wayBack.put(files))
                    .hasMessageStartingWith("HF-Q75 ")
                    .hasMessageContaining("is restored and whole")
                    .hasMessageContaining(String.join(", ", asides));
        }
        for (String aside : asides) {
            postgres.run("postgres", "ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(Sql.identifier(aside)));
            postgres.run(aside, "DROP SUBSCRIPTION " + (aside.startsWith("app") ? "one" : "two"));
            postgres.run("postgres", "DROP DATABASE " + Sql.identifier(aside));
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
        postgres.run("postgres", "DROP DATABASE " + Sql.identifier(ODD));
    }

    private Source.PostgreSql plain(String... databases) {
        return inContainer(1, List.of(), Source.PostgreSql.Format.PLAIN, databases);
    }

    @Test
    void restoresWhatOneTransactionHasNotLocksEnoughFor() throws Exception {
        postgres.run("postgres", "CREATE DATABASE many");
        for (int from = 0; from < TYPES; from += AT_ONCE) {
            postgres.run(
                    "many",
                    "DO $$ BEGIN FOR i IN %d .. %d LOOP EXECUTE 'CREATE TYPE t' || i || ' AS (i int)'; END LOOP; END $$"
                            .formatted(from, from + AT_ONCE - 1));
        }
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer("many"));
            postgres.run("many", "DROP TYPE t7");

            putBack(inContainer("many"), files);
        }
        assertThat(postgres.exec(
                        "psql",
                        "-U",
                        "postgres",
                        "-Atc",
                        "SELECT count(*) FROM pg_type WHERE typname ~ '^t[0-9]+$'",
                        "many"))
                .isEqualToIgnoringNewLines("" + TYPES);
        assertThat(postgres.logs()).contains("max_locks_per_transaction");
        postgres.run("postgres", "DROP DATABASE many");
    }
}
