package io.holdfast.sources.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.fixtures.RedisContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.DataLocation;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.sources.TestVault;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.component.SnapshotFiles;
import io.holdfast.sources.component.SourceException;
import io.holdfast.sources.component.WayBack;
import io.holdfast.sources.docker.Docker;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.vault.backup.BackupResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Transaction;

@SuppressWarnings("NullAway.Init")
class RedisSourceIT {

    private static final String AT = "/shop/cache";
    private static final String PERCENTAGE = "auto-aof-rewrite-percentage";

    @RegisterExtension
    static final io.holdfast.fixtures.DockerEngine fixtures = io.holdfast.fixtures.DockerEngine.with(TestImage.REDIS);

    private static DockerEngine engine;

    /** Reads its append-only file when it starts. */
    private static RedisContainer appending;

    /** Reads its RDB file when it starts. */
    private static RedisContainer saving;

    private TestVault vault;

    @BeforeAll
    static void start() throws IOException {
        engine = DockerEngine.fromEnvironment(System.getenv());
        appending = RedisContainer.start(fixtures, "--appendonly", "yes");
        saving = RedisContainer.start(fixtures);
        appending.fill(700, 1);
        saving.fill(700, 1);
    }

    @AfterAll
    static void end() throws IOException {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void makeVault() throws IOException {
        vault = new TestVault(AT);
    }

    @AfterEach
    void bringBack() throws IOException {
        vault.close();
        for (RedisContainer redis : List.of(appending, saving)) {
            switch (redis.state()) {
                case "paused" -> redis.unpause();
                case "exited" -> redis.start();
                default -> assertThat(redis.state()).isEqualTo("running");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true,NONE", "true,PAUSE", "false,NONE", "false,STOP"})
    void bringsBackWhatWasThere(boolean aof, Quiesce.Mode mode) throws Exception {
        RedisContainer redis = aof ? appending : saving;
        SortedMap<String, String> before = redis.fingerprint();
        RedisSource source = source(redis, mode);
        SnapshotFiles files;
        try (Capture capture = source.capture()) {
            assertThat(capture.inspect()).containsExactly(redis.name());
            capture.settle();
            rest(redis, mode);
            files = vault.stored(capture.read());
            goOn(redis, mode);
            capture.validate();
        }
        try (Jedis jedis = redis.connect()) {
            assertThat(jedis.configGet(PERCENTAGE)).containsEntry(PERCENTAGE, "100");
        }
        wreck(redis);

        putBack(redis, source, files);

        assertThat(redis.fingerprint()).hasSize(700).isEqualTo(before);
    }

    @Test
    void saysWhatItHeld() throws Exception {
        RedisState state =
                RedisState.of(captured(source(appending, Quiesce.Mode.NONE))).orElseThrow();

        assertThat(state.version()).startsWith("7.0");
        assertThat(state.databases()).isEqualTo(Map.of(0, new Database(350, 50), 1, new Database(350, 50)));
        assertThat(state.files()).isEqualTo(new FileNames("dump.rdb", true, "appendonlydir", "appendonly.aof"));
        assertThat(state.digest()).hasSize(64);
        assertThat(state.print()).startsWith("aof-");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void capturesOneStateWhileClientsWrite(boolean aof) throws Exception {
        RedisContainer redis = aof ? appending : saving;
        RedisSource source = source(redis, Quiesce.Mode.NONE);
        var writing = new AtomicBoolean(true);
        Thread writer = Thread.ofVirtual().start(() -> write(redis, writing));
        BackupResult result;
        SnapshotFiles files;
        try (Capture capture = source.capture()) {
            capture.inspect();
            capture.settle();
            Content content = capture.read();
            result = vault.backup(content);
            files = vault.files(result);
            capture.validate();
        } finally {
            writing.set(false);
            writer.join();
        }
        assertThat(result.isComplete()).as("%s", result.problems()).isTrue();
        String last = value(redis, "one");

        putBack(redis, source, files);

        assertThat(value(redis, "one")).isEqualTo(value(redis, "two")).isNotEqualTo(last);
        try (Jedis jedis = redis.connect()) {
            jedis.del("one", "two");
        }
    }

    private static void write(RedisContainer redis, AtomicBoolean writing) {
        try (Jedis jedis = redis.connect()) {
            for (int i = 0; writing.get() || i < 10; i++) {
                Transaction both = jedis.multi();
                both.set("one", "" + i);
                both.set("two", "" + i);
                both.exec();
            }
        }
    }

    @Test
    void needsOfAUserNoMoreThanToAskAndToSave() throws Exception {
        letIn("backup", "+ping", "+info", "+bgsave");
        RedisSource source = new RedisSource(
                plan(saving, Quiesce.Mode.NONE, volume(saving), "backup"), AT, host(RedisContainer.PASSWORD), docker());

        RedisState state = RedisState.of(captured(source)).orElseThrow();

        assertThat(state.digest()).isNull();
        assertThat(state.databases()).hasSize(2);
    }

    @Test
    void saysThatThePasswordIsWrong() {
        RedisSource source = new RedisSource(
                plan(saving, Quiesce.Mode.NONE, volume(saving), null), AT, host("battery-staple"), docker());

        assertFails("HF-Q31", "refuses its default user", () -> captured(source));
        assertThatThrownBy(() -> captured(source)).hasMessageNotContaining("battery-staple");
    }

    @Test
    void saysThatAUserMayNotSave() {
        letIn("reader", "+ping", "+info");
        RedisSource source = new RedisSource(
                plan(saving, Quiesce.Mode.NONE, volume(saving), "reader"), AT, host(RedisContainer.PASSWORD), docker());

        assertFails("HF-Q31", "BGSAVE", () -> captured(source));
    }

    private static void letIn(String user, String... permissions) {
        try (Jedis jedis = saving.connect()) {
            jedis.aclSetUser(
                    user,
                    Stream.concat(Stream.of("on", ">" + RedisContainer.PASSWORD), Stream.of(permissions))
                            .toArray(String[]::new));
        }
    }

    @Test
    void saysThatNoneAnswers() {
        saving.pause();
        String title = "Redis in container %s does not answer: the container is ".formatted(saving.name());
        assertFails("HF-Q30", title + "PAUSED", () -> captured(source(saving, Quiesce.Mode.NONE)));
        saving.unpause();
        saving.stop();
        assertFails("HF-Q30", title + "EXITED", () -> captured(source(saving, Quiesce.Mode.NONE)));
    }

    @Test
    void saysThatASaveFailed() {
        RedisContainer unable = RedisContainer.start(fixtures, "--dir", "/");

        assertFails("HF-Q32", "BGSAVE failed", () -> captured(source(unable, Quiesce.Mode.NONE)));
        unable.remove();
    }

    @Test
    void waitsForASaveNoLongerThanItMay() throws Exception {
        RedisContainer slow = RedisContainer.start(fixtures);
        slow.fill(300, 1);
        Source.Redis impatient = plan(slow, Quiesce.Mode.NONE, volume(slow), null, Duration.ofSeconds(1));
        try (Jedis jedis = slow.connect()) {
            jedis.configSet("rdb-key-save-delay", "100000");
        }

        assertFails(
                "HF-Q33",
                "not done with a save or rewrite after 1 s",
                () -> captured(new RedisSource(impatient, AT, host(RedisContainer.PASSWORD), docker())));
        slow.remove();
    }

    @Test
    void refusesAnRdbFileThatIsNotWhole(@TempDir Path elsewhere) throws IOException {
        RedisSource source = new RedisSource(
                plan(saving, Quiesce.Mode.NONE, new DataLocation.Directory(elsewhere), null),
                AT,
                host(RedisContainer.PASSWORD),
                docker());
        Files.createFile(elsewhere.resolve("dump.rdb"));
        assertFails("HF-Q34", "dump.rdb is empty", () -> captured(source));

        Files.write(elsewhere.resolve("dump.rdb"), Arrays.copyOf(RdbCheckTest.RDB, 90));
        assertFails("HF-Q34", "dump.rdb is cut", () -> captured(source));
    }

    @Test
    void failsWhenTheServerDiesDuringTheCapture() throws Exception {
        try (Capture capture = source(appending, Quiesce.Mode.NONE).capture()) {
            capture.inspect();
            capture.settle();
            vault.stored(capture.read());
            appending.kill();
            assertFails("HF-Q38", "ended", capture::validate);
        }
        appending.start();
    }

    @Test
    void failsWhenTheServerWasStartedAnewDuringTheCapture() throws Exception {
        try (Capture capture = source(appending, Quiesce.Mode.NONE).capture()) {
            capture.inspect();
            capture.settle();
            vault.stored(capture.read());
            appending.stop();
            appending.start();

            assertThatThrownBy(capture::validate).hasMessageContaining("started anew");
        }
    }

    @Test
    void letsTheServerRewriteAgainAfterAFailureAndAfterACaptureThatWasKilled() throws Exception {
        try (Jedis jedis = appending.connect()) {
            try (Capture capture = source(appending, Quiesce.Mode.NONE).capture()) {
                capture.inspect();
                capture.settle();
                assertThat(jedis.configGet(PERCENTAGE)).containsEntry(PERCENTAGE, "1000000100");
            }
            assertThat(jedis.configGet(PERCENTAGE)).containsEntry(PERCENTAGE, "100");

            Capture killed = source(appending, Quiesce.Mode.NONE).capture();
            killed.inspect();
            killed.settle();
            captured(source(appending, Quiesce.Mode.NONE));

            assertThat(jedis.configGet(PERCENTAGE)).containsEntry(PERCENTAGE, "100");
        }
    }

    @Test
    void doesNotLetAServerStartEmptyBecauseTheSnapshotHoldsNoAppendOnlyFile() throws Exception {
        SnapshotFiles files = captured(source(saving, Quiesce.Mode.NONE));
        WayBack back = source(appending, Quiesce.Mode.NONE).wayBack();

        assertFails("HF-Q36", "appendonly is on", () -> back.prepare(files));
    }

    @Test
    void asksTheServerWhatItsFilesAreCalled() throws Exception {
        RedisContainer renamed = RedisContainer.start(fixtures, "--dbfilename", "other.rdb");
        renamed.fill(20, 2);
        SortedMap<String, String> before = renamed.fingerprint();
        RedisSource source = source(renamed, Quiesce.Mode.NONE);
        SnapshotFiles files = captured(source(saving, Quiesce.Mode.NONE));
        assertFails("HF-Q36", "other.rdb is not there", () -> source.wayBack().prepare(files));
        renamed.stop();
        SnapshotFiles nobodyAsked = vault.stored(source.salvage());
        renamed.start();

        putBack(renamed, source, nobodyAsked);

        assertThat(renamed.fingerprint()).hasSize(20).isEqualTo(before);
        renamed.remove();
    }

    @Test
    void leavesAServerAloneThatNeverRewritesByItself() throws Exception {
        try (Jedis jedis = appending.connect();
                Capture capture = source(appending, Quiesce.Mode.NONE).capture()) {
            jedis.configSet(PERCENTAGE, "0");
            capture.inspect();
            capture.settle();

            assertThat(jedis.configGet(PERCENTAGE)).containsEntry(PERCENTAGE, "0");
            jedis.configSet(PERCENTAGE, "100");
        }
    }

    @Test
    void saysWhatToSetWhereTheServerCannotBeReachedAnyMore() throws Exception {
        Capture capture = source(appending, Quiesce.Mode.NONE).capture();
        capture.inspect();
        capture.settle();
        appending.pause();

        assertFails("HF-Q35", "CONFIG SET auto-aof-rewrite-percentage 100", capture::close);

        appending.unpause();
        capture.close();
    }

    @Test
    void doesNotPutBackBelowARunningServer() throws Exception {
        RedisSource source = source(saving, Quiesce.Mode.NONE);
        SnapshotFiles files = captured(source);
        WayBack back = source.wayBack();
        back.prepare(files);

        assertFails("HF-Q37", "still runs", () -> back.put(files));
    }

    @Test
    void tellsThatSomethingElseIsThereThanWasCaptured() throws Exception {
        RedisSource source = source(saving, Quiesce.Mode.NONE);
        SnapshotFiles files = captured(source);
        WayBack back = source.wayBack();
        back.prepare(files);
        back.validate(files);
        try (Jedis jedis = saving.connect()) {
            jedis.set("session:1:0", jedis.get("session:1:0") + "!");
            assertFails("HF-Q39", "digest", () -> back.validate(files));
            jedis.set("more", "");
            assertFails("HF-Q39", "database 0 holds 351 keys", () -> back.validate(files));
        }
        saving.stop();
        back.put(files);
        saving.start();
        back.validate(files);
    }

    private SnapshotFiles captured(RedisSource source) throws Exception {
        try (Capture capture = source.capture()) {
            capture.inspect();
            capture.settle();
            SnapshotFiles files = vault.stored(capture.read());
            capture.validate();
            return files;
        }
    }

    private static void rest(RedisContainer redis, Quiesce.Mode mode) {
        switch (mode) {
            case NONE -> {}
            case PAUSE -> redis.pause();
            case STOP -> redis.stop();
        }
    }

    private static void goOn(RedisContainer redis, Quiesce.Mode mode) {
        switch (mode) {
            case NONE -> {}
            case PAUSE -> redis.unpause();
            case STOP -> redis.start();
        }
    }

    private static void wreck(RedisContainer redis) {
        try (Jedis jedis = redis.connect()) {
            jedis.flushAll();
            jedis.set("wrecked", "yes");
        }
        redis.kill();
        redis.write("/data/dump.rdb", new byte[10]);
        redis.write("/data/stray.rdb", new byte[10]);
    }

    private static void putBack(RedisContainer redis, RedisSource source, SnapshotFiles files) throws Exception {
        WayBack back = source.wayBack();
        back.prepare(files);
        assertThat(back.containers()).containsExactly(redis.name());
        if (redis.state().equals("running")) {
            redis.stop();
        }
        back.put(files);
        redis.start();
        back.finish(files);
        back.validate(files);
    }

    private static @Nullable String value(RedisContainer redis, String key) {
        try (Jedis jedis = redis.connect()) {
            return jedis.get(key);
        }
    }

    private static void assertFails(String code, String word, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(word);
    }

    private static RedisSource source(RedisContainer redis, Quiesce.Mode mode) {
        return new RedisSource(plan(redis, mode, volume(redis), null), AT, host(RedisContainer.PASSWORD), docker());
    }

    private static DataLocation volume(RedisContainer redis) {
        return new DataLocation.Volume(redis.volume());
    }

    private static Docker docker() {
        return new Docker(host(RedisContainer.PASSWORD));
    }

    private static Host host(String password) {
        return new Host(name -> name.equals("REDIS_PASSWORD") ? password : null, Clock.systemUTC(), engine);
    }

    private static Source.Redis plan(
            RedisContainer redis, Quiesce.Mode mode, DataLocation data, @Nullable String user) {
        return plan(redis, mode, data, user, Duration.ofSeconds(30));
    }

    private static Source.Redis plan(
            RedisContainer redis, Quiesce.Mode mode, DataLocation data, @Nullable String user, Duration limit) {
        return new Source.Redis(
                redis.name(),
                "localhost",
                6379,
                user,
                new SecretReference.Environment("REDIS_PASSWORD"),
                data,
                limit,
                new Quiesce(mode, List.of(), List.of(), List.of(), List.of(), List.of(), Quiesce.DEFAULT_LIMIT));
    }
}
