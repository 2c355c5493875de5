package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.CreateContainerCmd;
import io.holdfast.fixtures.AppContainer;
import io.holdfast.fixtures.DockerEngine;
import io.holdfast.fixtures.PostgresContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.standalone.Rescue.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** A PostgreSQL whose clients are services of a compose project, volumes, uploads. */
final class NeurocoreStack {

    static final String NAME = "neurocore";

    private static final String DATABASE = "neurosurgery_kb";
    private static final String LOGS = DATABASE + ": rows of public.logs";

    private final ExampleStage stage;
    private final ExampleHost host;
    private final PostgresContainer postgres;
    private final AppContainer prometheus;
    private final AppContainer grafana;

    NeurocoreStack(ExampleStage stage) throws IOException {
        this.stage = stage;
        host = stage.host(NAME);
        DockerEngine docker = stage.docker();
        postgres = PostgresContainer.startOn(
                docker, TestImage.POSTGRES, docker.newVolume(), stage.named("neurocore_postgres"));
        prometheus = writing("prometheus");
        grafana = writing("grafana");
        AppContainer.startOn(docker, docker.newVolume(), service("api"));
        AppContainer.startOn(docker, docker.newVolume(), service("celery-worker"));
        fillDatabase();
        prometheus.fill(10, ExampleStage.SEED);
        grafana.fill(10, ExampleStage.SEED);
        host.write("/opt/neurocore/data/pdfs/atlas.pdf", "an atlas");
        host.write("/opt/neurocore/data/images/scan.png", "a scan");
        host.write("/opt/neurocore/.env", "KEY=secret\n");
        host.write("/opt/neurocore/docker-compose.yml", "services: {}\n");
        Files.createDirectories(host.at("/mnt/backup-server"));
    }

    private AppContainer writing(String name) {
        return AppContainer.startOn(
                stage.docker(),
                stage.prefixed("neurocore_%s_data".formatted(name)),
                create -> stage.named(name).apply(ExampleParts.writing().apply(create)));
    }

    private UnaryOperator<CreateContainerCmd> service(String name) {
        return create -> create.withLabels(Map.of(
                "com.docker.compose.project",
                stage.prefixed(NAME),
                "com.docker.compose.service",
                name,
                "com.docker.compose.oneoff",
                "False"));
    }

    private void fillDatabase() {
        postgres.fill(200, ExampleStage.SEED);
        postgres.run(
                PostgresContainer.USER,
                "CREATE ROLE neurosurgery_admin SUPERUSER LOGIN",
                "ALTER DATABASE app RENAME TO " + DATABASE,
                "ALTER DATABASE %s OWNER TO neurosurgery_admin".formatted(DATABASE));
        postgres.run(
                DATABASE,
                "CREATE TABLE logs (line text)",
                "INSERT INTO logs SELECT 'request ' || i FROM generate_series(1, 1000) i");
    }

    /** @return the backup */
    String isBroughtBackBy(Rescue rescue) throws Exception {
        String backup = rescue.of("database", new Part(this::databaseWithoutLogs, this::addTable, this::dropDatabase))
                .of("metrics", ExampleParts.volume(prometheus))
                .of("dashboards", ExampleParts.volume(grafana))
                .of("uploads", host.data("/opt/neurocore/data/pdfs", "/opt/neurocore/data/images"))
                .of("configuration", host.configuration("/opt/neurocore/.env", "/opt/neurocore/docker-compose.yml"))
                .succeeds("backup-server");

        assertThat(postgres.fingerprint().get(LOGS))
                .as("a table whose data are left out")
                .isEqualTo("0 ");
        assertThat(stage.programs().calls())
                .contains("docker compose --project-directory %s run --rm --no-deps -T api alembic upgrade head"
                        .formatted(host.at("/opt/neurocore")));
        return backup;
    }

    void holdsTheDashboardsIn(String volume) {
        assertThat(AppContainer.startOn(stage.docker(), volume, create -> create)
                        .fingerprint())
                .isEqualTo(grafana.fingerprint());
    }

    private SortedMap<String, String> databaseWithoutLogs() {
        SortedMap<String, String> contents = postgres.fingerprint();
        contents.remove(LOGS);
        return contents;
    }

    private void addTable(int number) {
        postgres.run(DATABASE, "CREATE TABLE live_%1$d AS SELECT %1$d AS id".formatted(number));
    }

    private void dropDatabase() {
        postgres.run(PostgresContainer.USER, "DROP DATABASE %s WITH (FORCE)".formatted(DATABASE));
    }
}
