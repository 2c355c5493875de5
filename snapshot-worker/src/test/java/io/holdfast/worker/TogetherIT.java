package io.holdfast.worker;

import static io.holdfast.worker.RealStack.CACHE;
import static io.holdfast.worker.RealStack.FILES;
import static io.holdfast.worker.RealStack.WITNESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.events.BackupEvent.BackupFailed;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.fixtures.AppContainer;
import io.holdfast.fixtures.DockerEngine;
import io.holdfast.fixtures.RedisContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.vault.model.SnapshotId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A real cache and a real application, which counts in both of them all the time. */
@Timeout(180)
class TogetherIT {

    @RegisterExtension
    static final DockerEngine docker = DockerEngine.with(TestImage.REDIS, TestImage.APP);

    private static final Duration SOON = Duration.ofSeconds(40);

    private static RedisContainer redis;
    private static AppContainer app;
    private static RedisContainer another;

    @TempDir
    private Path directory;

    private Path gate;
    private RealStack stack;

    @BeforeAll
    static void count() {
        redis = RedisContainer.start(docker, "--save", "");
        another = RedisContainer.start(docker, "--save", "");
        app = AppContainer.startCounting(docker, redis);
    }

    @BeforeEach
    void stack() throws IOException {
        gate = directory.resolve("gate");
        stack = stackIn(directory.resolve("site"));
    }

    private RealStack stackIn(Path site) throws IOException {
        Files.createDirectories(site);
        return new RealStack(site, gate, redis.name(), redis.volume(), app.name(), app.volume());
    }

    @AfterEach
    void end() throws IOException {
        stack.close();
    }

    @Test
    void holdsOneMomentOfBothWhichRestBeforeTheFirstIsRead() throws Exception {
        awaitCounting();

        stack.backUp(RealStack.request("point", WITNESS, CACHE, FILES), RedisContainer.PASSWORD);

        assertThat(stack.site.published().all(BackupFailed.class)).isEmpty();
        assertThat(content(taken(WITNESS), "states")).isEqualTo("paused\nexited\n");
        assertThat(countInFiles()).isPositive().isEqualTo(countInCache());
        assertThat(stack.site.published().all(SnapshotTaken.class))
                .extracting(SnapshotTaken::takenAt)
                .hasSize(3)
                .containsOnly(taken(CACHE).takenAt());
        assertThat(stack.site.published().all(SnapshotTaken.class))
                .extracting(SnapshotTaken::rested)
                .doesNotContainNull();
        awaitCounting();
    }

    /** What the test before would not notice otherwise. */
    @Test
    void holdsTwoMomentsWhereTheyAreCapturedOneAfterTheOther() throws Exception {
        awaitCounting();

        stack.backUp(RealStack.request("point", CACHE), RedisContainer.PASSWORD);
        awaitCounting();
        stack.backUp(RealStack.request("point", FILES), RedisContainer.PASSWORD);

        assertThat(countInFiles()).isGreaterThan(countInCache());
    }

    @Test
    void capturesTheOthersOfOneThatCannotBe() throws Exception {
        stack.backUp(RealStack.request("point", CACHE, FILES), "not the password");

        assertThat(stack.site.published().only(BackupFailed.class).component().component())
                .isEqualTo(CACHE);
        assertThat(taken(FILES).rested()).isPositive();
        awaitCounting();
    }

    @Test
    void bringsAllBackThatAKilledWorkerLeftAtRestAndCapturesAllAgain() throws Exception {
        Path site = directory.resolve("killed");
        Files.createDirectories(site);
        Files.createFile(gate);
        Process worker = worker(site);
        await().atMost(SOON)
                .until(() -> redis.state().equals("paused") && app.state().equals("exited"));

        worker.destroyForcibly().waitFor();

        await().atMost(SOON)
                .until(() -> redis.state().equals("running") && app.state().equals("running"));
        Files.delete(gate);
        stack.close();
        forgetTheVaultThatWasInItsMemory(site);
        stack = stackIn(site);
        stack.workOff(RedisContainer.PASSWORD);
        assertThat(countInFiles()).isPositive().isEqualTo(countInCache());
        assertThat(taken(WITNESS).takenAt()).isEqualTo(taken(FILES).takenAt());
    }

    private static void forgetTheVaultThatWasInItsMemory(Path site) throws IOException {
        Files.delete(site.resolve("state").resolve("vaults").resolve(RealStack.STACK));
    }

    private Process worker(Path site) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RealStack.class.getName(),
                        site.toString(),
                        gate.toString(),
                        redis.name(),
                        redis.volume(),
                        app.name(),
                        app.volume(),
                        RedisContainer.PASSWORD)
                .inheritIO()
                .start();
    }

    private static void awaitCounting() {
        long before = count(redis);
        await().atMost(SOON).until(() -> count(redis) > before + 1);
    }

    private static long count(RedisContainer in) {
        try (Jedis jedis = in.connect()) {
            String counter = jedis.get("counter");
            return counter == null ? 0 : Long.parseLong(counter);
        }
    }

    private long countInFiles() throws IOException {
        return Long.parseLong(content(taken(FILES), "data/counter").strip());
    }

    /** As a server that starts on the data says. */
    private long countInCache() throws IOException {
        byte[] dump = bytes(taken(CACHE), "data/dump.rdb");
        another.stop();
        another.write("/data/dump.rdb", dump);
        another.start();
        return count(another);
    }

    private SnapshotTaken taken(String component) {
        return stack.site.published().all(SnapshotTaken.class).stream()
                .filter(taken -> taken.component().component().equals(component))
                .findFirst()
                .orElseThrow();
    }

    private String content(SnapshotTaken taken, String file) throws IOException {
        return new String(bytes(taken, file), StandardCharsets.UTF_8);
    }

    private byte[] bytes(SnapshotTaken taken, String file) throws IOException {
        var out = new ByteArrayOutputStream();
        stack.site
                .vaults()
                .of(RealStack.STACK)
                .contents()
                .dump(SnapshotId.parse(taken.snapshot().value()), "/" + taken.component() + "/" + file, out);
        return out.toByteArray();
    }
}
