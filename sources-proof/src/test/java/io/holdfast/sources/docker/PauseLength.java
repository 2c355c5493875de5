package io.holdfast.sources.docker;

import io.holdfast.fixtures.AppContainer;
import io.holdfast.fixtures.ChromaContainer;
import io.holdfast.fixtures.RedisContainer;
import io.holdfast.fixtures.TestContainer;
import io.holdfast.fixtures.TestImage;
import io.holdfast.plan.DataLocation;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.sources.Sources;
import io.holdfast.sources.component.Capture;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.quiesce.Bracket;
import io.holdfast.sources.quiesce.Brackets;
import io.holdfast.sources.quiesce.ToRest;
import io.holdfast.vault.Backups;
import io.holdfast.vault.Password;
import io.holdfast.vault.Vault;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Draft;
import io.holdfast.vault.feedback.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a container is paused while it is captured, by source and size: no test, but started like one by
 * {@code benchmarks/pauses}, since it needs the fixtures. Each is captured into a vault of its own on this host's disk, as it was
 * filled, and again after a hundredth was added.
 */
class PauseLength {

    private static final String AT = "/bench/component";
    private static final Quiesce PAUSE = new Quiesce(
            Quiesce.Mode.PAUSE, List.of(), List.of(), List.of(), List.of(), List.of(), Quiesce.DEFAULT_LIMIT);

    @RegisterExtension
    static final io.holdfast.fixtures.DockerEngine fixtures =
            io.holdfast.fixtures.DockerEngine.with(TestImage.APP, TestImage.REDIS, TestImage.CHROMA);

    @TempDir
    Path scratch;

    private record Paused(double megabytes, Duration length) {}

    @Test
    void measures() throws Exception {
        System.out.println("| paused while captured | MB | first, ms | a hundredth added, ms |");
        System.out.println("| --- | --- | --- | --- |");
        try (DockerEngine engine = DockerEngine.fromEnvironment(System.getenv());
                Brackets brackets = Brackets.of(scratch.resolve("state"), engine, Clock.systemUTC())) {
            var host = new Host(_ -> RedisContainer.PASSWORD, Clock.systemUTC(), engine);
            var sources = new Sources(host);
            for (boolean directly : List.of(true, false)) {
                var docker = new Docker(engine, TestImage.APP.image(), null, directly);
                for (int documents : List.of(200, 2_000, 10_000)) {
                    AppContainer app = AppContainer.start(fixtures);
                    DataLocation data = new DataLocation.Volume(app.volume());
                    measure(
                            directly ? "volume, read directly" : "volume, through the engine",
                            app,
                            documents,
                            () -> docker.data(data, app.name(), Quiesce.Mode.PAUSE, List.of(), AT, "/data")
                                    .capture(),
                            brackets);
                }
            }
            for (int keys : List.of(10_000, 100_000, 1_000_000)) {
                RedisContainer redis = RedisContainer.start(fixtures);
                Source source = redis(redis);
                measure("Redis, RDB", redis, keys, () -> sources.of(source, AT).capture(), brackets);
            }
            for (int vectors : List.of(300, 3_000, 30_000)) {
                ChromaContainer chroma = ChromaContainer.start(fixtures);
                Source source = chroma(chroma);
                measure(
                        "ChromaDB",
                        chroma,
                        vectors,
                        () -> sources.of(source, AT).capture(),
                        brackets);
            }
        }
    }

    private void measure(
            String what, TestContainer container, int amount, Supplier<Capture> captures, Brackets brackets)
            throws Exception {
        Path directory = Files.createTempDirectory(scratch, "vault");
        try (Password password = Password.of("secret");
                Vault vault = Vault.init(LocalBackend.at(directory), password)) {
            // A batch of documents is held in memory.
            int batch = container instanceof AppContainer ? 2_000 : amount;
            for (int filled = 0; filled < amount; filled += batch) {
                container.fill(Math.min(batch, amount - filled), 100 + filled);
            }
            Paused first = pause(captures, vault, brackets);
            container.fill(amount / 100, 2);
            Paused next = pause(captures, vault, brackets);
            System.out.printf(
                    "| %s | %.1f | %d | %d |%n",
                    what,
                    first.megabytes(),
                    first.length().toMillis(),
                    next.length().toMillis());
        } finally {
            container.remove();
        }
    }

    /** As the worker captures. */
    private static Paused pause(Supplier<Capture> captures, Vault vault, Brackets brackets) throws Exception {
        try (Capture capture = captures.get()) {
            List<String> own = capture.inspect();
            ToRest wanted = capture.settlesAwake()
                    ? ToRest.forCaptureAwake("bench", PAUSE, own)
                    : ToRest.forCapture("bench", PAUSE, own);
            try (Backups backups = vault.backups()) {
                Bracket bracket = brackets.open(wanted, capture::settle);
                Draft draft;
                try (bracket) {
                    draft = backups.read(BackupSpec.of(capture.read().roots()).withPaths(List.of(AT)), Progress.NONE);
                }
                capture.validate();
                backups.commit(draft);
                return new Paused(draft.bytes() / 1e6, bracket.rested().orElseThrow());
            }
        }
    }

    private static Source redis(RedisContainer redis) {
        return new Source.Redis(
                redis.name(),
                "localhost",
                6379,
                null,
                new SecretReference.Environment("REDIS_PASSWORD"),
                new DataLocation.Volume(redis.volume()),
                Duration.ofMinutes(1),
                PAUSE);
    }

    private static Source chroma(ChromaContainer chroma) {
        return new Source.ChromaDb(
                chroma.name(),
                new DataLocation.Volume(chroma.volume()),
                chroma.uri(),
                null,
                null,
                Duration.ofSeconds(30),
                null,
                PAUSE);
    }
}
