package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.holdfast.fixtures.AppContainer;
import io.holdfast.fixtures.ChromaContainer;
import io.holdfast.fixtures.DockerEngine;
import io.holdfast.fixtures.RedisContainer;
import io.holdfast.standalone.Rescue.Part;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** A ChromaDB with its data at another path, a Redis, documents, and what a cluster runs. */
final class RagStack {

    static final String NAME = "rag";

    private final StandInPrograms programs;
    private final ExampleHost host;
    private final ChromaContainer chroma;
    private final RedisContainer redis;
    private final Part vectors;

    RagStack(ExampleStage stage) throws IOException {
        programs = stage.programs();
        host = stage.host(NAME);
        DockerEngine docker = stage.docker();
        chroma = ChromaContainer.startOn(
                docker, docker.newVolume(), at("/chroma/chroma", stage.named("rag-chromadb-prod")));
        redis = RedisContainer.startOn(docker, docker.newVolume(), stage.named("rag-redis-prod"));
        vectors = ExampleParts.chroma(docker, chroma);
        AppContainer.startOn(docker, docker.newVolume(), stage.named("rag-backend"));
        chroma.fill(700, ExampleStage.SEED);
        redis.fill(500, ExampleStage.SEED);
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

    private static UnaryOperator<CreateContainerCmd> at(String path, UnaryOperator<CreateContainerCmd> more) {
        return create -> {
            HostConfig host = Objects.requireNonNull(create.getHostConfig());
            host.withBinds(new Bind(host.getBinds()[0].getPath(), new Volume(path)));
            return more.apply(create.withCmd("run", "--path", path, "--host", "0.0.0.0", "--port", "8000"));
        };
    }

    Map<String, URI> servers() {
        return Map.of("http://127.0.0.1:8002", chroma.uri());
    }

    RedisContainer redis() {
        return redis;
    }

    void isBroughtBackBy(Rescue rescue) throws Exception {
        rescue.of("vectors", vectors)
                .of("cache", ExampleParts.server(redis, this::flush))
                .of("documents", host.data("/app/data/documents", "/app/data/processing"))
                .of("configuration", host.configuration("/app/.env", "/app/docker-compose.yml", "/app/k8s"))
                .succeeds("dr");

        assertThat(programs.applied()).contains("rag-settings");
    }

    private void flush() {
        try (Jedis jedis = redis.connect()) {
            jedis.flushAll();
            jedis.set("ransom", "pay");
            // The server refuses it while it saves by itself.
            await().ignoreExceptionsInstanceOf(JedisDataException.class).until(jedis::save, "OK"::equals);
        }
    }
}
