package io.holdfast.sources.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.fixtures.DockerEngine;
import io.holdfast.fixtures.PostgresContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.plan.Source.PostgreSql.Format;
import io.holdfast.sources.TestHost;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SnapshotFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of one version and a server of another: the container of the one runs them, and reaches the other over the network. */
@Timeout(180)
class PostgreSqlVersionsIT {

    private static final String AT = "/kb/postgres";

    @RegisterExtension
    static final DockerEngine DOCKER = DockerEngine.with(TestImage.POSTGRES, TestImage.POSTGRES_17);

    private static PostgresContainer older;
    private static PostgresContainer newer;
    private static io.holdfast.sources.engine.DockerEngine engine;

    @BeforeAll
    static void start() throws IOException {
        engine = io.holdfast.sources.engine.DockerEngine.fromEnvironment(System.getenv());
        older = PostgresContainer.start(DOCKER, TestImage.POSTGRES);
        newer = PostgresContainer.start(DOCKER, TestImage.POSTGRES_17);
        older.fill(100, 1);
    }

    @AfterAll
    static void stop() throws IOException {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void bringsBackADatabaseWithProgramsThatAreNewerThanItsServer(int jobs) throws Exception {
        var before = older.fingerprint();
        Source.PostgreSql source = source(newer, address(older), jobs);
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = vault.stored(new PostgreSqlSource(source, AT, host()));
            older.run("app", "DROP TABLE documents CASCADE");

            TestVault.putBack(new PostgreSqlSource(source, AT, host()), files);

            assertThatThrownBy(() ->
                            TestVault.putBack(new PostgreSqlSource(source(older, "localhost", 1), AT, host()), files))
                    .hasMessageStartingWith("HF-Q47 ")
                    .hasMessageContaining("unsupported version")
                    .hasMessageContaining("Nothing was touched");
        }
        assertThat(older.fingerprint()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void movesADatabaseToANewerServer(Format format) throws Exception {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = vault.stored(new PostgreSqlSource(source(older, "localhost", 1, format), AT, host()));

            TestVault.putBack(new PostgreSqlSource(source(newer, "localhost", 1), AT, host()), files);
        }
        assertThat(newer.exec("psql", "-U", "postgres", "-Atc", "SELECT count(*) FROM documents", "app"))
                .isEqualToIgnoringNewLines("100");
    }

    @Test
    void refusesToMoveADatabaseToAnOlderServer() throws Exception {
        try (var vault = new TestVault(AT)) {
            SnapshotFiles files = vault.stored(new PostgreSqlSource(source(newer, "localhost", 1), AT, host()));

            assertThatThrownBy(() -> new PostgreSqlSource(source(older, "localhost", 1), AT, host())
                            .wayBack()
                            .prepare(files))
                    .hasMessageStartingWith("HF-Q41 ")
                    .hasMessageContaining("The dump is of PostgreSQL 17")
                    .hasMessageContaining("Nothing was touched");
        }
    }

    @Test
    void refusesProgramsThatAreOlderThanTheServer() {
        assertThatThrownBy(() -> {
                    try (var capture = new PostgreSqlSource(source(older, address(newer), 1), AT, host()).capture()) {
                        capture.inspect();
                        capture.settle();
                    }
                })
                .hasMessageStartingWith("HF-Q41 ")
                .hasMessageContaining("is of version 15, and the server of 17")
                .hasMessageContaining("postgresql-client-17");
    }

    @Test
    void refusesProgramsWhosePlainDumpsTheServerCouldNotRead() {
        assertThatThrownBy(() -> {
                    Source.PostgreSql source = source(newer, address(older), 1, Format.PLAIN);
                    try (var capture = new PostgreSqlSource(source, AT, host()).capture()) {
                        capture.inspect();
                    }
                })
                .hasMessageStartingWith("HF-Q41 ")
                .hasMessageContaining("is of version 17, and the server of 15")
                .hasMessageContaining("postgresql-client-15");
    }

    private static Source.PostgreSql source(PostgresContainer programs, String server, int jobs) {
        return source(programs, server, jobs, Format.CUSTOM);
    }

    private static Source.PostgreSql source(PostgresContainer programs, String server, int jobs, Format format) {
        return new Source.PostgreSql(
                programs.name(),
                server,
                5432,
                List.of("app"),
                PostgresContainer.USER,
                new SecretReference.Environment("PG_PASSWORD"),
                true,
                List.of(),
                List.of(),
                format,
                jobs,
                List.of(),
                Quiesce.NONE);
    }

    private static Host host() {
        return TestHost.with(Map.of("PG_PASSWORD", PostgresContainer.PASSWORD), engine);
    }

    /** Where other containers reach it. */
    private static String address(PostgresContainer server) {
        var network = DOCKER.client()
                .inspectContainerCmd(server.id())
                .exec()
                .getNetworkSettings()
                .getNetworks()
                .get("bridge");
        return Objects.requireNonNull(Objects.requireNonNull(network).getIpAddress());
    }
}
