package io.holdfast.sources.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.fixtures.DockerEngine;
import io.holdfast.fixtures.PostgresContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestHost;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.Restored;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class PostgreSqlIT {

    private static final String AT = "/kb/postgres";

    @RegisterExtension
    static final DockerEngine DOCKER = DockerEngine.with(TestImage.POSTGRES);

    private static PostgresContainer postgres;
    private static io.holdfast.sources.engine.DockerEngine engine;

    @BeforeAll
    static void start() throws IOException {
        engine = io.holdfast.sources.engine.DockerEngine.fromEnvironment(System.getenv());
        postgres = PostgresContainer.start(DOCKER);
        postgres.fill(300, 1);
        postgres.run(
                PostgresContainer.DATABASE,
                "CREATE TABLE logs (line text)",
                "INSERT INTO logs SELECT 'line ' || n FROM generate_series(1, 50) n");
    }

    @AfterAll
    static void stop() throws IOException {
        engine.close();
    }

    @Test
    void bringsBackAWreckedDatabaseWithItsRolesWhileSomebodyIsConnected() throws Exception {
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer());
            postgres.run(
                    PostgresContainer.DATABASE,
                    "DROP TABLE documents CASCADE",
                    "TRUNCATE logs",
                    "DROP OWNED BY reader_1",
                    "DROP ROLE reader_1");

            try (Connection open = postgres.connect(PostgresContainer.DATABASE)) {
                putBack(inContainer(), files);

                assertThat(open.isValid(1)).isFalse();
            }
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
    }

    @Test
    void dumpsAndCountsOneMomentWhileClientsWrite() throws Exception {
        var over = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                postgres.run(PostgresContainer.DATABASE, "INSERT INTO logs SELECT 'more' FROM generate_series(1, 100)");
            }
        });
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files;
            try {
                files = stored(vault, inContainer());
            } finally {
                over.set(true);
                writer.join();
            }

            putBack(inContainer(), files);

            Facts facts = Facts.fromJson(content(files, "/" + PostgreSqlSource.FACTS));
            assertThat(facts.rows()).containsEntry("public.logs", count("logs"));
        }
    }

    @Test
    void leavesOutRowsThatThePlanExcludes() throws Exception {
        Source.PostgreSql withoutLogs = source(PostgresContainer.DATABASE, postgres.name(), null, List.of("logs"));
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
    void leavesTheDatabaseAsItWasWhenWhatIsRestoredIsNotWhatWasDumped() throws Exception {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer());
            SortedMap<String, String> before = postgres.fingerprint();

            assertThatThrownBy(() -> putBack(inContainer(), new OneRowMore(files)))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.code()).isEqualTo("HF-Q49"))
                    .hasMessageContaining("public.documents has")
                    .hasMessageContaining("is back as it was");
            assertThatThrownBy(() -> putBack(inContainer(), new CutShort(files)))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("is back as it was");
            assertThat(postgres.fingerprint()).isEqualTo(before);
        }
    }

    @Test
    void bringsBackADatabaseWhoseNameIsAsLongAsItMayBe() throws Exception {
        String name = "d".repeat(63);
        postgres.run("postgres", "CREATE DATABASE " + name);
        postgres.run(name, "CREATE TABLE documents (id int)", "INSERT INTO documents VALUES (1)");
        Source.PostgreSql longNamed = source(name, postgres.name(), null, List.of());
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, longNamed);

            assertThatThrownBy(() -> putBack(longNamed, new OneRowMore(files)))
                    .hasMessageContaining("is back as it was");
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
        postgres.run("postgres", "DROP DATABASE " + name);
    }

    @Test
    void bringsBackTheStateThatWasKeptBeforeARestore() throws Exception {
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles kept = vault.stored(new PostgreSqlSource(inContainer(), AT, host()).salvage());
            postgres.run(PostgresContainer.DATABASE, "TRUNCATE logs");

            putBack(inContainer(), kept);
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
    }

    @Test
    void goesOnAfterARestoreThatWasCutOff() throws Exception {
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, inContainer());
            postgres.run("postgres", "ALTER DATABASE app RENAME TO app_before_restore", "CREATE DATABASE app");

            putBack(inContainer(), files);
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
    }

    @Test
    void dumpsOverTheNetworkWithThePassword() throws Exception {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, overNetwork("PG_PASSWORD"));

            assertThat(files.children("/"))
                    .containsExactlyInAnyOrder(PostgreSqlSource.DUMP, PostgreSqlSource.GLOBALS, PostgreSqlSource.FACTS);
        }
    }

    @Test
    void saysThatThePasswordIsWrong() {
        assertFails("HF-Q42", overNetwork("WRONG_PASSWORD"), "refuses user 'postgres'");
    }

    @Test
    void saysThatThereIsNoSuchDatabase() {
        assertFails("HF-Q43", source("absent", postgres.name(), null, List.of()), "no database 'absent'");
    }

    @Test
    void saysThatThereIsNoSuchContainer() {
        assertFails("HF-Q40", source("app", "no-such-postgres", null, List.of()), "no container 'no-such-postgres'");
    }

    @Test
    void failsWhereTheDumpMayNotReadEverything() throws Exception {
        postgres.run(PostgresContainer.DATABASE, "CREATE ROLE weak LOGIN PASSWORD 'weak'");
        var weak = new Source.PostgreSql(
                postgres.name(),
                "localhost",
                5432,
                "app",
                "weak",
                null,
                true,
                List.of(),
                List.of(),
                List.of(),
                Quiesce.NONE);

        assertThatThrownBy(() -> {
                    try (var vault = new TestVault(AT)) {
                        stored(vault, weak);
                    }
                })
                .hasMessageStartingWith("HF-Q44 ")
                .hasMessageContaining("permission denied");
        postgres.run(PostgresContainer.DATABASE, "DROP ROLE weak");
    }

    private static Source.PostgreSql inContainer() {
        return source(PostgresContainer.DATABASE, postgres.name(), null, List.of());
    }

    private static Source.PostgreSql overNetwork(String passwordVariable) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "pg_dumpall"))),
                "needs PostgreSQL's own programs here (Debian: postgresql-client)");
        return source(PostgresContainer.DATABASE, null, new SecretReference.Environment(passwordVariable), List.of());
    }

    private static Source.PostgreSql source(
            String database, @Nullable String container, @Nullable SecretReference password, List<String> excluded) {
        return new Source.PostgreSql(
                container,
                container == null ? postgres.address().getHostString() : "localhost",
                container == null ? postgres.address().getPort() : 5432,
                database,
                PostgresContainer.USER,
                password,
                true,
                List.of("vector", "pg_trgm"),
                excluded,
                List.of(),
                Quiesce.NONE);
    }

    private static Host host() {
        return TestHost.with(
                Map.of("PG_PASSWORD", PostgresContainer.PASSWORD, "WRONG_PASSWORD", "not the password"), engine);
    }

    private static void assertFails(String code, Source.PostgreSql source, String why) {
        assertThatThrownBy(() -> {
                    try (Capture capture = new PostgreSqlSource(source, AT, host()).capture()) {
                        capture.inspect();
                    }
                })
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(why);
    }

    private static SnapshotFiles stored(TestVault vault, Source.PostgreSql source)
            throws IOException, InterruptedException {
        try (Capture capture = new PostgreSqlSource(source, AT, host()).capture()) {
            capture.inspect();
            SnapshotFiles files = vault.stored(capture.read());
            capture.validate();
            return files;
        }
    }

    private static void putBack(Source.PostgreSql source, SnapshotFiles files)
            throws IOException, InterruptedException {
        WayBack wayBack = new PostgreSqlSource(source, AT, host()).wayBack();
        wayBack.prepare(files);
        wayBack.put(files);
        wayBack.finish(files);
        wayBack.validate(files);
    }

    private static long count(String table) throws SQLException {
        try (Connection connection = postgres.connect(PostgresContainer.DATABASE);
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static byte[] content(SnapshotFiles files, String file) throws IOException {
        var out = new ByteArrayOutputStream();
        files.dump(file, out);
        return out.toByteArray();
    }

    /** A snapshot that is changed on its way. */
    private abstract static class Changed implements SnapshotFiles {

        final SnapshotFiles files;

        Changed(SnapshotFiles files) {
            this.files = files;
        }

        abstract byte[] changed(String file, byte[] content) throws IOException;

        @Override
        public void dump(String file, OutputStream out) throws IOException {
            out.write(changed(file, content(files, file)));
        }

        @Override
        public List<String> children(String directory) throws IOException {
            return files.children(directory);
        }

        @Override
        public boolean isDirectory(String path) throws IOException {
            return files.isDirectory(path);
        }

        @Override
        public void tar(String directory, String name, OutputStream out) throws IOException {
            files.tar(directory, name, out);
        }

        @Override
        public Restored restore(String path, Placement placement) throws IOException {
            return files.restore(path, placement);
        }
    }

    /** One whose facts know of a row that the dump does not have. */
    private static final class OneRowMore extends Changed {

        OneRowMore(SnapshotFiles files) {
            super(files);
        }

        @Override
        byte[] changed(String file, byte[] content) throws IOException {
            if (!file.endsWith(PostgreSqlSource.FACTS)) {
                return content;
            }
            Facts facts = Facts.fromJson(content);
            var rows = new TreeMap<>(facts.rows());
            rows.merge("public.documents", 1L, Long::sum);
            return new Facts(facts.serverVersion(), facts.database(), facts.extensions(), rows).toJson();
        }
    }

    /** One whose dump ends in the middle. */
    private static final class CutShort extends Changed {

        CutShort(SnapshotFiles files) {
            super(files);
        }

        @Override
        byte[] changed(String file, byte[] content) {
            return file.endsWith(PostgreSqlSource.DUMP) ? Arrays.copyOf(content, content.length / 2) : content;
        }
    }
}
