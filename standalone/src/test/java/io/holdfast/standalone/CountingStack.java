package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.fixtures.AppContainer;
import io.holdfast.fixtures.DockerEngine;
import io.holdfast.fixtures.RedisContainer;
import java.io.IOException;
import redis.clients.jedis.Jedis;

/** An application that counts in a cache and in its files, both at once, all the time. */
final class CountingStack {

    private final DockerEngine docker;
    private final ExampleHost host;
    private final RedisContainer redis;
    private final AppContainer app;

    CountingStack(ExampleStage stage, RedisContainer redis) throws IOException {
        this.redis = redis;
        docker = stage.docker();
        host = stage.host("counting");
        host.writePasswords();
        app = AppContainer.startCounting(docker, redis);
    }

    String plan() {
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
                """.formatted(host.root(), redis.name(), redis.volume(), app.volume());
    }

    boolean counts() {
        try (Jedis cache = redis.connect()) {
            return cache.exists("counter");
        }
    }

    /** Stops for good. */
    void breaks() {
        app.stop();
        try (Jedis cache = redis.connect()) {
            cache.set("counter", "pay");
        }
    }

    /** Looks at it where nothing counts on. */
    void hasCountedTheSameInBoth() {
        assertThat(app.state()).as("what was stopped is not started").isEqualTo("exited");
        app.remove();
        AppContainer counted = AppContainer.startOn(docker, app.volume(), create -> create);
        try (Jedis cache = redis.connect()) {
            assertThat(counted.exec("cat", "/app/documents/counter").strip()).isEqualTo(cache.get("counter"));
            cache.del("counter");
        }
    }
}
