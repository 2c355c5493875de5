package io.holdfast.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.holdfast.embedded.LoopbackPorts;
import io.holdfast.fixtures.AppContainer;
import io.holdfast.fixtures.ChromaContainer;
import io.holdfast.fixtures.DockerEngine;
import io.holdfast.fixtures.PostgresContainer;
import io.holdfast.fixtures.RedisContainer;
import io.holdfast.fixtures.TestContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.fixtures.VectorizerServer;
import io.holdfast.standalone.Rescue.Part;
import io.holdfast.standalone.Rescue.Wreck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;

/**
 * Stacks as the plans of {@code deploy/examples} describe them: filled, backed up while clients write, wrecked, put back,
 * and compared through each server's own protocol. One platform takes on one plan after the other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {

    private static final long SEED = 1;
    /** Of what clients write, from here on. */
    private static final long LIVE = 1000;

    private static final String COUNT = """
            httpd -p 8080 -h /app/documents
            trap 'over=1' TERM
            n=$(cat /app/documents/counter || echo 0)
            while [ -z "$over" ]; do
              n=$((n + 1))
              printf 'AUTH %s\\r\\nSET counter %s\\r\\nQUIT\\r\\n' "$PASSWORD" $n | nc "$REDIS" 6379 >/dev/null
              echo $n >/app/documents/counter
            done
            """;
    private static final String LOGS = "neurosurgery_kb: rows of public.logs";

    @RegisterExtension
    static final DockerEngine docker =
            DockerEngine.with(TestImage.APP, TestImage.CHROMA, TestImage.POSTGRES, TestImage.REDIS);

    private final Map<String, ExamplePlan> plans = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // JUnit sets it up
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private StandInPrograms programs;

    @SuppressWarnings("NullAway.Init")
    private ChromaContainer arxivChroma;

    @SuppressWarnings("NullAway.Init")
    private ChromaContainer ragChroma;

    @SuppressWarnings("NullAway.Init")
    private RedisContainer redis;

    @SuppressWarnings("NullAway.Init")
    private PostgresContainer postgres;

    @SuppressWarnings("NullAway.Init")
    private AppContainer prometheus;

    @SuppressWarnings("NullAway.Init")
    private AppContainer grafana;

    @SuppressWarnings("NullAway.Init")
    private VectorizerServer vectorizer;

    @SuppressWarnings("NullAway.Init")
    private RunningHoldfast holdfast;

    @BeforeAll
    void startEverything(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        this.directory = directory;
        programs = new StandInPrograms(directory);
        startContainers();
        vectorizer = new VectorizerServer(null);
        fillArxiv();
        fillNeurocore();
        fillRag();
        fillVectorizer();
        startHoldfast();
    }

    private void startContainers() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ChromaContainer> chroma =
                    threads.submit(() -> ChromaContainer.startOn(docker, prefixed("chromadb_data"), named("chromadb")));
            Future<ChromaContainer> otherChroma = threads.submit(() -> ChromaContainer.startOn(
                    docker, docker.newVolume(), at("/chroma/chroma", named("rag-chromadb-prod"))));
            Future<RedisContainer> cache =
                    threads.submit(() -> RedisContainer.startOn(docker, docker.newVolume(), named("rag-redis-prod")));
            Future<PostgresContainer> database = threads.submit(() -> PostgresContainer.startOn(
                    docker, TestImage.POSTGRES, docker.newVolume(), named("neurocore_postgres")));
            prometheus = AppContainer.startOn(docker, prefixed("neurocore_prometheus_data"), writing("prometheus"));
            grafana = AppContainer.startOn(docker, prefixed("neurocore_grafana_data"), writing("grafana"));
            AppContainer.startOn(docker, docker.newVolume(), named("rag-backend"));
            AppContainer.startOn(docker, docker.newVolume(), ofCompose("neurocore", "api"));
            AppContainer.startOn(docker, docker.newVolume(), ofCompose("neurocore", "celery-worker"));
            arxivChroma = chroma.get();
            ragChroma = otherChroma.get();
            redis = cache.get();
            postgres = database.get();
        }
    }

    private static String prefixed(String name) {
        return docker.run() + "-" + name;
    }

    private static UnaryOperator<CreateContainerCmd> named(String name) {
        return create -> create.withName(prefixed(name));
    }

    private static UnaryOperator<CreateContainerCmd> ofCompose(String project, String service) {
        return create -> create.withLabels(Map.of(
                "com.docker.compose.project",
                prefixed(project),
                "com.docker.compose.service",
                service,
                "com.docker.compose.oneoff",
                "False"));
    }

    /** A ChromaDB that keeps its data at another path. */
    private static UnaryOperator<CreateContainerCmd> at(String path, UnaryOperator<CreateContainerCmd> more) {
        return create -> {
            HostConfig host = Objects.requireNonNull(create.getHostConfig());
            host.withBinds(new Bind(host.getBinds()[0].getPath(), new Volume(path)));
            return more.apply(create.withCmd("run", "--path", path, "--host", "0.0.0.0", "--port", "8000"));
        };
    }

    private void startHoldfast() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        var environment = new HashMap<>(Map.of(
                "PATH", programs.path(), "REDIS_PASSWORD", RedisContainer.PASSWORD, "SMTP_PASSWORD", "of-the-mail"));
        var servers = Map.of(
                "http://127.0.0.1:8000", arxivChroma.uri(),
                "http://127.0.0.1:8002", ragChroma.uri(),
                "http://127.0.0.1:15002", vectorizer.url());
        try (DataDirectory taken = DataDirectory.take(data)) {
            DemoPlaces places = DemoPlaces.of(taken, new LoopbackPorts(taken.of("ports")));
            for (String stack : List.of("arxiv", "neurocore", "rag", "vectorizer")) {
                host(stack).write("/etc/holdfast/vault-password", "correct horse battery staple");
                host(stack).write("/etc/holdfast/smtp-password", "of-the-mail");
                var plan = new ExamplePlan(stack, host(stack).root(), prefixed(""), places, servers);
                environment.putAll(plan.environment());
                plans.put(stack, plan);
            }
        }
        Path first =
                Files.writeString(directory.resolve("plan.yaml"), plan("arxiv").text());
        holdfast = RunningHoldfast.up(data, first, environment);
    }

    @AfterAll
    void stopEverything() throws IOException {
        holdfast.close();
        vectorizer.close();
    }

    private ExamplePlan plan(String stack) {
        return Objects.requireNonNull(plans.get(stack));
    }

    private ExampleHost host(String stack) {
        return new ExampleHost(directory.resolve("host-of-" + stack));
    }

    private Rescue rescue(String stack) throws IOException {
        return new Rescue(holdfast.console(), plan(stack));
    }

    private void fillArxiv() throws IOException {
        arxivChroma.fill(700, SEED);
        ExampleHost host = host("arxiv");
        for (String scholar : List.of("ai_scholar", "quant_scholar")) {
            String at = "/opt/arxiv-system/data/" + scholar;
            host.write(at + "/papers/2401.00001.pdf", "a paper of " + scholar);
            host.write(at + "/state/processed.json", "{\"papers\": 1}");
            host.write(at + "/cache/page-1", "cached for " + scholar);
            host.write(at + "/papers/half.tmp", "half a paper");
        }
        host.write("/opt/arxiv-system/logs/backup.log", "all is well\n");
        host.write("/opt/arxiv-system/config/ai_scholar.yaml", "instance: ai_scholar\n");
        host.write("/opt/arxiv-system/.env", "KEY=secret\n");
        host.write("/opt/arxiv-system/monitoring/config/alerts.yaml", "alerts: []\n");
        host.write("/etc/logrotate.d/arxiv-system", "weekly\n");
        programs.unit("chromadb.service");
        programs.unit("arxiv-system-monitor.service");
        programs.crontab("root", "0 2 * * * /opt/arxiv-system/scripts/backup_chromadb.sh\n");
    }

    @Test
    void bringsBackArxiv() throws Exception {
        ExampleHost host = host("arxiv");

        rescue("arxiv")
                .of("vectors", server(arxivChroma, () -> wipe(arxivChroma)))
                .of("papers", host.data("/opt/arxiv-system/data/ai_scholar/papers"))
                .of("state", host.data("/opt/arxiv-system/data/quant_scholar", "/opt/arxiv-system/logs"))
                .of(
                        "configuration",
                        host.configuration(
                                "/opt/arxiv-system/config",
                                "/opt/arxiv-system/.env",
                                "/opt/arxiv-system/monitoring/config",
                                "/etc/logrotate.d/arxiv-system"))
                .of("crontabs", new Part(programs::crontabs, _ -> {}, () -> programs.crontab("root", "")))
                .succeeds(null);

        assertThat(host.at("/opt/arxiv-system/data/ai_scholar/papers/half.tmp"))
                .as("what the plan leaves out is left alone")
                .hasContent("half a paper");
        assertThat(programs.calls()).contains("systemctl daemon-reload");
    }

    private void fillNeurocore() throws IOException {
        postgres.fill(200, SEED);
        postgres.run(
                PostgresContainer.USER,
                "CREATE ROLE neurosurgery_admin SUPERUSER LOGIN",
                "ALTER DATABASE app RENAME TO neurosurgery_kb",
                "ALTER DATABASE neurosurgery_kb OWNER TO neurosurgery_admin");
        postgres.run(
                "neurosurgery_kb",
                "CREATE TABLE logs (line text)",
                "INSERT INTO logs SELECT 'request ' || i FROM generate_series(1, 1000) i");
        prometheus.fill(10, SEED);
        grafana.fill(10, SEED);
        ExampleHost host = host("neurocore");
        host.write("/opt/neurocore/data/pdfs/atlas.pdf", "an atlas");
        host.write("/opt/neurocore/data/images/scan.png", "a scan");
        host.write("/opt/neurocore/.env", "KEY=secret\n");
        host.write("/opt/neurocore/docker-compose.yml", "services: {}\n");
        Files.createDirectories(host.at("/mnt/backup-server"));
    }

    @Test
    void bringsBackNeurocore() throws Exception {
        ExampleHost host = host("neurocore");

        String backup = rescue("neurocore")
                .of("database", new Part(this::databaseWithoutLogs, this::addTable, this::dropDatabase))
                .of("metrics", volume(prometheus))
                .of("dashboards", volume(grafana))
                .of("uploads", host.data("/opt/neurocore/data/pdfs", "/opt/neurocore/data/images"))
                .of("configuration", host.configuration("/opt/neurocore/.env", "/opt/neurocore/docker-compose.yml"))
                .succeeds("backup-server");

        assertThat(postgres.fingerprint().get(LOGS))
                .as("a table whose data are left out")
                .isEqualTo("0 ");
        assertThat(programs.calls())
                .contains("docker compose --project-directory %s run --rm --no-deps -T api alembic upgrade head"
                        .formatted(host.at("/opt/neurocore")));
        bringsBackIntoANewVolume(backup);
    }

    private void bringsBackIntoANewVolume(String backup) throws IOException {
        String volume = docker.newName("grafana-beside");

        JsonNode restore = holdfast.console()
                .awaitRestore(holdfast.console()
                        .restore(Map.of(
                                "backup_id", backup, "collections", List.of("grafana"), "target_volume", volume)));

        assertThat(restore.path("status").stringValue()).as("%s", restore).isEqualTo("COMPLETED");
        assertThat(AppContainer.startOn(docker, volume, create -> create).fingerprint())
                .isEqualTo(grafana.fingerprint());
    }

    private SortedMap<String, String> databaseWithoutLogs() {
        SortedMap<String, String> contents = postgres.fingerprint();
        contents.remove(LOGS);
        return contents;
    }

    private void addTable(int number) {
        postgres.run("neurosurgery_kb", "CREATE TABLE live_%1$d AS SELECT %1$d AS id".formatted(number));
    }

    private void dropDatabase() {
        postgres.run(PostgresContainer.USER, "DROP DATABASE neurosurgery_kb WITH (FORCE)");
    }

    private void fillRag() throws IOException {
        ragChroma.fill(700, SEED);
        redis.fill(500, SEED);
        ExampleHost host = host("rag");
        host.write("/app/data/documents/manual.pdf", "a manual");
        host.write("/app/data/processing/queue.json", "[]");
        host.write("/app/.env", "KEY=secret\n");
        host.write("/app/docker-compose.yml", "services: {}\n");
        host.write("/app/docker-compose.production.yml", "services: {}\n");
        host.write("/app/monitoring/prometheus.yml", "scrape_configs: []\n");
        host.write("/app/k8s/base/kustomization.yaml", "resources: []\n");
        programs.unit("rag-backup.timer");
        programs.namespace("rag-system", "rag-settings");
    }

    @Test
    void bringsBackRag() throws Exception {
        ExampleHost host = host("rag");

        rescue("rag")
                .of("vectors", server(ragChroma, () -> wipe(ragChroma)))
                .of("cache", server(redis, this::flush))
                .of("documents", host.data("/app/data/documents", "/app/data/processing"))
                .of("configuration", host.configuration("/app/.env", "/app/docker-compose.yml", "/app/k8s"))
                .succeeds("dr");

        assertThat(programs.applied()).contains("rag-settings");
    }

    /** An application that counts in a cache and in its files, both at once, as fast as it can. */
    @Test
    void bringsBackOneMomentOfAStackThatIsCapturedTogether() throws Exception {
        host("counting").write("/etc/holdfast/vault-password", "correct horse battery staple");
        AppContainer counting = AppContainer.startOn(
                docker,
                docker.newVolume(),
                create -> create.withCmd("sh", "-c", COUNT)
                        .withEnv("REDIS=" + redis.addressInside(), "PASSWORD=" + RedisContainer.PASSWORD));
        try (Jedis cache = redis.connect()) {
            Console console = holdfast.console();
            console.replacePlan(together(counting));
            await().ignoreExceptions().until(() -> cache.exists("counter"));

            String backup = console.backUp("one-moment");

            assertThat(console.awaitBackup(backup, "vault").path("components").valueStream())
                    .extracting(component -> component.path("taken_at").stringValue())
                    .hasSize(2)
                    .containsOnly(console.get("/api/backups/" + backup)
                            .path("components")
                            .path(0)
                            .path("taken_at")
                            .stringValue());
            counting.stop();
            cache.set("counter", "pay");
            JsonNode restore = console.awaitRestore(console.restore(Map.of("backup_id", backup)));
            assertThat(restore.path("status").stringValue()).as("%s", restore).isEqualTo("COMPLETED");
            assertThat(counting.state()).isEqualTo("exited");
        }
        counting.remove();
        AppContainer counted = AppContainer.startOn(docker, counting.volume(), create -> create);
        try (Jedis cache = redis.connect()) {
            assertThat(counted.exec("cat", "/app/documents/counter").strip()).isEqualTo(cache.get("counter"));
            cache.del("counter");
        }
    }

    private String together(AppContainer counting) {
        return """
                version: 1
                site: local
                vaults:
                  directory: %1$s/vaults
                  password: file:%1$s/etc/holdfast/vault-password
                stacks:
                  - name: counting
                    consistency: together
                    schedule: "0 2 * * *"
                    keep: {last: 5}
                    components:
                      - name: cache
                        redis: {container: %2$s, volume: %3$s, password: "env:REDIS_PASSWORD", quiesce: pause}
                      - name: files
                        docker-volume: {volume: %4$s, quiesce: stop}
                """.formatted(host("counting").root(), redis.name(), redis.volume(), counting.volume());
    }

    private void flush() {
        try (Jedis jedis = redis.connect()) {
            jedis.flushAll();
            jedis.set("ransom", "pay");
            jedis.save();
        }
    }

    private void fillVectorizer() throws IOException {
        vectorizer.collections.put("docs", List.of("a", "b", "c"));
        vectorizer.collections.put("papers", List.of("d"));
        host("vectorizer").write("/usr/local/bin/vectorizer", "the old binary");
    }

    @Test
    void bringsBackVectorizer() throws Exception {
        rescue("vectorizer")
                .of("collections", new Part(this::collections, this::addCollection, vectorizer.collections::clear))
                .of("binary", host("vectorizer").configuration("/usr/local/bin/vectorizer"))
                .succeeds(null);
    }

    private SortedMap<String, String> collections() {
        var contents = new TreeMap<String, String>();
        vectorizer.collections.forEach((name, vectors) -> contents.put(name, String.join(" ", vectors)));
        return contents;
    }

    private void addCollection(int number) {
        vectorizer.collections.put("live-" + number, List.of("x", "y"));
    }

    private static Part server(TestContainer server, Wreck wreck) {
        return new Part(server::fingerprint, number -> server.fill(5, LIVE + number), wreck);
    }

    /**
     * A volume whose container writes by itself. Nothing is executed in it: an engine can hang for good where that meets a
     * pause.
     */
    private static Part volume(AppContainer app) {
        return new Part(app::fingerprint, _ -> {}, () -> {
            app.write("/tmp/quiet", new byte[0]);
            app.write("/app/documents/batch " + SEED + "/Akte Nº 1.pdf", "pay".getBytes(UTF_8));
            app.write("/app/documents/ransom", "pay".getBytes(UTF_8));
        });
    }

    /** As after a disk was formatted: the server starts on nothing, whoever starts it. */
    private static void wipe(ChromaContainer chroma) {
        AppContainer vandal = AppContainer.startOn(
                docker, chroma.volume(), serving("rm -rf /app/documents/*; echo pay >/app/documents/ransom"));
        whenNotCaptured(vandal::remove);
        whenNotCaptured(chroma::kill);
        chroma.start();
    }

    /** Every new component is captured once by itself, at a moment that no test knows. */
    private static void whenNotCaptured(Runnable action) {
        await().ignoreExceptions().untilAsserted(action::run);
    }

    private static UnaryOperator<CreateContainerCmd> serving(String before) {
        return create -> create.withCmd(
                "sh", "-c", "trap 'exit 0' TERM\n%s\nhttpd -f -p 8080 -h /app/documents & wait".formatted(before));
    }

    private static UnaryOperator<CreateContainerCmd> writing(String name) {
        return create -> named(name)
                .apply(serving(
                                "i=0; while ! [ -e /tmp/quiet ]; do i=$((i+1)); ln -s $i /app/documents/live-$i; sleep 0.2; done &")
                        .apply(create));
    }
}
