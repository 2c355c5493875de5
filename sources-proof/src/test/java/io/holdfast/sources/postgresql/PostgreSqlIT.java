package io.holdfast.sources.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.fixtures.PostgresContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may differ from version to version, on the oldest, and what one server is enough for. */
class PostgreSqlIT extends PostgreSqlEndsContract {

    private static final int TYPES = 1_000;
    private static final int AT_ONCE = 200;

    PostgreSqlIT() {
        super(TestImage.POSTGRES, "-c", "max_locks_per_transaction=10", "-c", "max_connections=20");
    }

    @Test
    void leavesOutRowsThatThePlanExcludes() throws Exception {
        Source.PostgreSql withoutLogs = quick(List.of("logs"), null, List.of(), "app");
        long documents = count("documents");
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, withoutLogs);

            putBack(withoutLogs, files);
        }
        assertThat(count("logs")).isZero();
        assertThat(count("documents")).isEqualTo(documents);
        postgres.run(PostgresContainer.DATABASE, "INSERT INTO logs SELECT 'line ' || n FROM generate_series(1, 50) n");
    }

    @Test
    void bringsBackTheStateThatWasKeptBeforeARestore() throws Exception {
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles kept = vault.stored(new PostgreSqlSource(quick(), AT, host()).salvage());
            postgres.run(PostgresContainer.DATABASE, "TRUNCATE logs");

            putBack(quick(), kept);
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
    }

    @Test
    void bringsBackTheChosenOnesOfASnapshotOfMore() throws Exception {
        createOdd();
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, quick("app", ODD));
            postgres.run(ODD, "TRUNCATE things");
            postgres.run("app", "CREATE TABLE since (id int)");

            putBack(quick(ODD), files);
            assertThat(postgres.fingerprint()).containsAllEntriesOf(before).containsKey("app: relation public.since");

            assertThatThrownBy(() -> putBack(quick("app", "absent"), files))
                    .hasMessageStartingWith("HF-Q47 ")
                    .hasMessageContaining("no dump of absent");
        }
        postgres.run("app", "DROP TABLE since");
        postgres.run("postgres", "DROP DATABASE " + Sql.identifier(ODD));
    }

    @Test
    void replacesNoDatabaseWhereOneCannotBeRestored() throws Exception {
        createOdd();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, quick("app", ODD));
            postgres.run("app", "CREATE TABLE since (id int)");
            postgres.run(ODD, "INSERT INTO things VALUES (4)");
            SortedMap<String, String> before = postgres.fingerprint();

            assertThatThrownBy(() -> putBack(quick("app", ODD), new OneMoreThing(files)))
                    .hasMessageStartingWith("HF-Q49 ")
                    .hasMessageContaining("public.things has 3 rows instead of 4")
                    .hasMessageContaining("Each database is back as it was before");
            assertThat(postgres.fingerprint()).isEqualTo(before);
        }
        postgres.run("app", "DROP TABLE since");
        postgres.run("postgres", "DROP DATABASE " + Sql.identifier(ODD));
    }

    @Test
    void leavesADatabaseInItsPlaceThatCannotGiveItsNameAway() throws Exception {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, quick());
            postgres.run("app", "CREATE TABLE since (id int)");
            SortedMap<String, String> before = postgres.fingerprint();

            assertThatThrownBy(() ->
                            new PostgreSqlSource(quick(), AT, host()).wayBack().put(new Meanwhile(files)))
                    .hasMessageContaining("\"app_before_restore\" already exists")
                    .hasMessageContaining("Each database is back as it was before");
            postgres.run("postgres", "DROP DATABASE app_before_restore");
            assertThat(postgres.fingerprint()).isEqualTo(before);
        }
        postgres.run("app", "DROP TABLE since");
    }

    @Test
    void saysThatThereIsNoSuchContainer() {
        assertFails(
                "HF-Q40",
                source("no-such-postgres", null, 1, List.of(), null, List.of("app"), List.of()),
                "no container 'no-such-postgres'");
    }

    @Test
    void bringsBackADatabaseWhoseNameIsAsLongAsItMayBe() throws Exception {
        String name = "d".repeat(63);
        postgres.run("postgres", "CREATE DATABASE " + name);
        postgres.run(name, "CREATE TABLE documents (id int)", "INSERT INTO documents VALUES (1)");
        Source.PostgreSql longNamed = quick(name);
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
            SnapshotFiles files = stored(vault, quick());

            assertThatThrownBy(() -> prepare(quick(), new OneMoreExtension(files)))
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
            SnapshotFiles files = stored(vault, quick());
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
    void bringsBackADatabaseWhoseNameEndsInALine() throws Exception {
        String name = " a\nb|c\n";
        postgres.run("postgres", "CREATE DATABASE " + Sql.identifier(name));
        postgres.run(name, "CREATE TABLE things (id int)", "INSERT INTO things VALUES (1)");
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, quick(name));
            postgres.run(name, "TRUNCATE things");

            putBack(quick(name), files);
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
        postgres.run("postgres", "DROP DATABASE " + Sql.identifier(name));
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
            SnapshotFiles files = stored(vault, quick(one, two));
            postgres.run("postgres", "DROP DATABASE " + one);
            postgres.run(two, "TRUNCATE things");

            putBack(quick(one, two), files);
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
        postgres.run("postgres", "DROP DATABASE " + one, "DROP DATABASE " + two);
    }

    @Test
    void goesOnWhereverARestoreWasCutOff() throws Exception {
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, quick());

            postgres.run("postgres", closed("app"));
            prepare(quick(), files);
            assertThat(postgres.fingerprint()).isEqualTo(before);

            postgres.run("postgres", closed("app"), "ALTER DATABASE app RENAME TO app_before_restore");
            prepare(quick(), files);
            assertThat(postgres.fingerprint()).isEqualTo(before);

            postgres.run(
                    "postgres",
                    closed("app"),
                    "ALTER DATABASE app RENAME TO app_before_restore",
                    "CREATE DATABASE app",
                    "CREATE DATABASE app_being_restored");
            postgres.run("app_being_restored", "CREATE TABLE documents (id int)");
            prepare(quick(), files);
            assertThat(postgres.fingerprint()).isEqualTo(before);

            postgres.run(
                    "postgres",
                    closed("app"),
                    "ALTER DATABASE app RENAME TO app_before_restore",
                    "CREATE DATABASE app",
                    halfDropped("app"));
            prepare(quick(), files);
            assertThat(postgres.fingerprint()).isEqualTo(before);

            postgres.run(
                    "postgres",
                    "CREATE DATABASE app_before_restore",
                    closed("app_before_restore"),
                    halfDropped("app_before_restore"));
            prepare(quick(), files);
            assertThat(postgres.fingerprint()).isEqualTo(before);

            postgres.run("postgres", "CREATE DATABASE app_before_restore", closed("app_before_restore"), closed("app"));
            putBack(quick(), files);
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
            SnapshotFiles files = stored(vault, quick());
            postgres.run("postgres", "CREATE DATABASE app_before_restore");
            postgres.run("app", "CREATE TABLE since_then (id int)", "INSERT INTO logs VALUES ('since')");
            SortedMap<String, String> before = postgres.fingerprint();
            postgres.run("postgres", closed("app_before_restore"));

            assertThatThrownBy(() -> prepare(quick(), files))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q75"))
                    .hasMessageContaining("Beside the database app there is app_before_restore")
                    .hasMessageContaining("Nothing was touched");
            postgres.run("postgres", "ALTER DATABASE app_before_restore ALLOW_CONNECTIONS true");
            assertThat(postgres.fingerprint()).isEqualTo(before);

            postgres.run("postgres", "DROP DATABASE app_before_restore");
            prepare(quick(), files);
        }
        postgres.run("app", "DROP TABLE since_then", "DELETE FROM logs WHERE line = 'since'");
    }

    @Test
    void leavesACopyAloneThatSomebodyMadeUnderTheNameOfWhatARestoreSetsAside() throws Exception {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, quick());
            postgres.run("postgres", "CREATE DATABASE app_before_restore TEMPLATE app");
            SortedMap<String, String> before = postgres.fingerprint();

            assertThatThrownBy(() -> prepare(quick(), files))
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
            Source.PostgreSql both = quick("app", "app_being_restored");
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
            SnapshotFiles files = stored(vault, quick());
            postgres.run(
                    "app",
                    "CREATE SUBSCRIPTION held CONNECTION 'dbname=none' PUBLICATION p WITH (connect = false, slot_name = NONE)");
            SortedMap<String, String> before = postgres.fingerprint();
            try {
                assertThatThrownBy(() -> prepare(quick(), files))
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

            putBack(quick("app", ODD), files);
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
            SnapshotFiles files = stored(vault, plainInContainer());
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
                assertThatThrownBy(() -> stored(vault, plainInContainer()))
                        .hasMessageContaining("HF-Q46 What pg_dump printed for container")
                        .hasMessageContaining("of database app lacks \\restrict")
                        .hasMessageContaining("earlier ones are safe");
            } finally {
                postgres.exec("rm", "/usr/local/bin/pg_dump");
            }
        }
    }

    private Source.PostgreSql plainInContainer() {
        return source(postgres.name(), null, 1, List.of(), Source.PostgreSql.Format.PLAIN, List.of("app"), List.of());
    }

    private Server server() {
        return new Server(plainInContainer(), host());
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
            SnapshotFiles files = stored(vault, quick("app", ODD));
            WayBack wayBack = new PostgreSqlSource(quick("app", ODD), AT, host()).wayBack();
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
        return quick(List.of(), Source.PostgreSql.Format.PLAIN, List.of(), databases);
    }

    private Source.PostgreSql migratedBy(String... command) {
        return quick(List.of(), null, List.of(command), PostgresContainer.DATABASE);
    }

    @Override
    Source.PostgreSql dumped(String... databases) {
        return quick(databases);
    }

    private Source.PostgreSql quick() {
        return quick(PostgresContainer.DATABASE);
    }

    private Source.PostgreSql quick(String... databases) {
        return quick(List.of(), null, List.of(), databases);
    }

    /**
     * By the server's own programs on this machine, where they are installed: to start one in a container takes several
     * times as long.
     */
    private Source.PostgreSql quick(
            List<String> excluded,
            Source.PostgreSql.@Nullable Format format,
            List<String> migrate,
            String... databases) {
        boolean areHere = Files.isExecutable(Path.of("/usr/lib/postgresql/15/bin/pg_restore"));
        return areHere
                ? source(
                        null,
                        new SecretReference.Environment("PG_PASSWORD"),
                        1,
                        excluded,
                        format,
                        List.of(databases),
                        migrate)
                : source(postgres.name(), null, 1, excluded, format, List.of(databases), migrate);
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
            SnapshotFiles files = stored(vault, quick("many"));
            postgres.run("many", "DROP TYPE t7");

            putBack(quick("many"), files);
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

    /** While one is restored, somebody makes another database, under the name that the old one is to have. */
    private final class Meanwhile extends Changed {

        Meanwhile(SnapshotFiles files) {
            super(files);
        }

        @Override
        byte[] changed(String file, byte[] content) {
            if (file.equals(Dumps.facts("app"))) {
                postgres.run("postgres", "CREATE DATABASE app_before_restore");
            }
            return content;
        }
    }

    /** One whose facts know of a thing that the dump of the odd database does not have. */
    private static final class OneMoreThing extends Changed {

        OneMoreThing(SnapshotFiles files) {
            super(files);
        }

        @Override
        byte[] changed(String file, byte[] content) throws IOException {
            if (!file.equals(Dumps.facts(ODD))) {
                return content;
            }
            Facts facts = Facts.fromJson(content);
            return new Facts(
                            facts.serverVersion(),
                            facts.database(),
                            facts.extensions(),
                            new TreeMap<>(Map.of("public.things", 4L)))
                    .toJson();
        }
    }
}
