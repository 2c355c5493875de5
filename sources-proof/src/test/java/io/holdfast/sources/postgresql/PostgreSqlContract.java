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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What may differ from one version of the server, or of its programs, to the next, so that each proves it: the way of all that a
 * server holds into a dump and back, and what the programs say where they fail.
 */
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
abstract class PostgreSqlContract {

    static final String AT = "/kb/postgres";
    static final String ODD = "o'dd \"n/a\\me=1";

    @RegisterExtension
    final DockerEngine docker;

    private final TestImage image;
    private final String[] options;
    PostgresContainer postgres;
    private io.holdfast.sources.engine.DockerEngine engine;

    /** @param options of the server */
    PostgreSqlContract(TestImage image, String... options) {
        this.image = image;
        this.options = options;
        docker = DockerEngine.with(image);
    }

    @BeforeAll
    void start() throws IOException {
        engine = io.holdfast.sources.engine.DockerEngine.fromEnvironment(System.getenv());
        postgres = PostgresContainer.start(docker, image, options);
        postgres.fill(60, 1);
        postgres.run(
                PostgresContainer.DATABASE,
                "CREATE TABLE logs (line text)",
                "INSERT INTO logs SELECT 'line ' || n FROM generate_series(1, 50) n");
    }

    @AfterAll
    void stop() throws IOException {
        engine.close();
    }

    @Test
    void bringsBackAWreckedDatabaseWithItsRolesWhileSomebodyIsConnected() throws Exception {
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, dumped(PostgresContainer.DATABASE));
            postgres.run(
                    PostgresContainer.DATABASE,
                    "DROP TABLE documents CASCADE",
                    "TRUNCATE logs",
                    "DROP OWNED BY reader_1",
                    "DROP ROLE reader_1");

            try (Connection open = postgres.connect(PostgresContainer.DATABASE)) {
                putBack(dumped(PostgresContainer.DATABASE), files);

                assertThat(open.isValid(1)).isFalse();
            }
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
    }

    @Test
    void bringsBackAllDatabasesOfTheServer() throws Exception {
        postgres.run("postgres", "CREATE TABLE jobs (name text)", "INSERT INTO jobs VALUES ('nightly')");
        createOdd();
        SortedMap<String, String> before = postgres.fingerprint();
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = stored(vault, dumped());
            assertThat(Dumps.in(files)).containsExactlyInAnyOrder("app", "postgres", ODD);
            postgres.run("postgres", "DROP TABLE jobs", "DROP DATABASE " + Sql.identifier(ODD));
            postgres.run("app", "DROP TABLE documents CASCADE");

            putBack(dumped(), files);
        }
        assertThat(postgres.fingerprint()).isEqualTo(before);
        postgres.run("postgres", "DROP TABLE jobs", "DROP DATABASE " + Sql.identifier(ODD));
    }

    @Test
    void saysThatThePasswordIsWrong() {
        assertFails("HF-Q42", overNetwork("WRONG_PASSWORD"), "refuses user 'postgres'");
    }

    @Test
    void saysThatThereIsNoSuchDatabase() {
        assertFails("HF-Q43", dumped("app", "absent"), "no database 'absent'");
    }

    @Test
    void failsWhereTheDumpMayNotReadEverything() throws Exception {
        postgres.run(PostgresContainer.DATABASE, "CREATE ROLE weak LOGIN PASSWORD 'weak'");
        var weak = new Source.PostgreSql(
                postgres.name(),
                "localhost",
                5432,
                List.of("app"),
                "weak",
                null,
                true,
                List.of(),
                List.of(),
                null,
                1,
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

    /**
     * By the programs of that version, in the server's container.
     *
     * @param databases none: all
     */
    Source.PostgreSql dumped(String... databases) {
        return source(postgres.name(), null, 1, List.of(), null, List.of(databases), List.of());
    }

    Source.PostgreSql overNetwork(String passwordVariable) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "pg_dumpall"))),
                "needs PostgreSQL's own programs here (Debian: postgresql-client)");
        return source(
                null,
                new SecretReference.Environment(passwordVariable),
                2,
                List.of(),
                null,
                List.of(PostgresContainer.DATABASE),
                List.of());
    }

    Source.PostgreSql source(
            @Nullable String container,
            @Nullable SecretReference password,
            int jobs,
            List<String> excluded,
            Source.PostgreSql.@Nullable Format format,
            List<String> databases,
            List<String> migrate) {
        return new Source.PostgreSql(
                container,
                container == null ? postgres.address().getHostString() : "localhost",
                container == null ? postgres.address().getPort() : 5432,
                databases,
                PostgresContainer.USER,
                password,
                true,
                databases.equals(List.of(PostgresContainer.DATABASE)) ? List.of("vector", "pg_trgm") : List.of(),
                excluded,
                format,
                jobs,
                migrate,
                Quiesce.NONE);
    }

    void createOdd() {
        postgres.run(
                "postgres",
                "CREATE DATABASE " + Sql.identifier(ODD),
                "COMMENT ON DATABASE " + Sql.identifier(ODD) + " IS 'odd'");
        postgres.run(
                ODD,
                "CREATE TABLE things (id int)",
                "INSERT INTO things VALUES (1), (2), (3)",
                "CREATE TABLE \"a|b\nc \" (id int)");
    }

    Host host() {
        return TestHost.with(
                Map.of("PG_PASSWORD", PostgresContainer.PASSWORD, "WRONG_PASSWORD", "not the password"), engine);
    }

    void assertFails(String code, Source.PostgreSql source, String why) {
        assertThatThrownBy(() -> {
                    try (Capture capture = new PostgreSqlSource(source, AT, host()).capture()) {
                        capture.inspect();
                        capture.settle();
                    }
                })
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(why);
    }

    SnapshotFiles stored(TestVault vault, Source.PostgreSql source) throws IOException, InterruptedException {
        try (Capture capture = new PostgreSqlSource(source, AT, host()).capture()) {
            capture.inspect();
            capture.settle();
            SnapshotFiles files = vault.stored(capture.read());
            capture.validate();
            return files;
        }
    }

    void putBack(Source.PostgreSql source, SnapshotFiles files) throws IOException, InterruptedException {
        WayBack wayBack = new PostgreSqlSource(source, AT, host()).wayBack();
        wayBack.prepare(files);
        wayBack.put(files);
        wayBack.finish(files);
        wayBack.validate(files);
    }

    void prepare(Source.PostgreSql source, SnapshotFiles files) throws IOException, InterruptedException {
        new PostgreSqlSource(source, AT, host()).wayBack().prepare(files);
    }

    long count(String table) throws SQLException {
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
    abstract static class Changed implements SnapshotFiles {

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
    static final class OneRowMore extends Changed {

        private final String database;

        OneRowMore(SnapshotFiles files) {
            this(files, PostgresContainer.DATABASE);
        }

        OneRowMore(SnapshotFiles files, String database) {
            super(files);
            this.database = database;
        }

        @Override
        byte[] changed(String file, byte[] content) throws IOException {
            if (!file.equals(Dumps.facts(database))) {
                return content;
            }
            Facts facts = Facts.fromJson(content);
            var rows = new TreeMap<>(facts.rows());
            rows.merge("public.documents", 1L, Long::sum);
            return new Facts(facts.serverVersion(), facts.database(), facts.extensions(), rows).toJson();
        }
    }

    /** One whose facts know of an extension that no server here has. */
    static final class OneMoreExtension extends Changed {

        OneMoreExtension(SnapshotFiles files) {
            super(files);
        }

        @Override
        byte[] changed(String file, byte[] content) throws IOException {
            if (!file.equals(Dumps.facts(PostgresContainer.DATABASE))) {
                return content;
            }
            Facts facts = Facts.fromJson(content);
            var extensions = new TreeMap<>(facts.extensions());
            extensions.put("timescaledb", "2.14");
            return new Facts(facts.serverVersion(), facts.database(), extensions, facts.rows()).toJson();
        }
    }

    /** One whose dump ends in the middle. */
    static final class CutShort extends Changed {

        CutShort(SnapshotFiles files) {
            super(files);
        }

        @Override
        byte[] changed(String file, byte[] content) {
            return file.endsWith(".dump") || file.endsWith("/database.sql")
                    ? Arrays.copyOf(content, content.length / 2)
                    : content;
        }
    }
}
