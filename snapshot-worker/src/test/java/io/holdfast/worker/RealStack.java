package io.holdfast.worker;

import io.holdfast.events.BackupId;
import io.holdfast.events.BackupKind;
import io.holdfast.events.ComponentId;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.BackupRequested;
import io.holdfast.plan.DataLocation;
import io.holdfast.plan.Quiesce;
import io.holdfast.plan.SecretReference;
import io.holdfast.plan.Source;
import io.holdfast.site.InUse;
import io.holdfast.site.Journal;
import io.holdfast.site.testing.TestSite;
import io.holdfast.sources.Sources;
import io.holdfast.sources.component.Host;
import io.holdfast.sources.engine.DockerEngine;
import io.holdfast.sources.quiesce.Brackets;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A worker of a stack with real containers: a cache, which is paused; the files of the application that writes to both,
 * which is stopped; and a witness, read first, which waits as long as there is a gate and then tells the two's states.
 */
final class RealStack implements Closeable {

    static final String STACK = "shop";
    static final String WITNESS = "a-witness";
    static final String CACHE = "cache";
    static final String FILES = "files";

    private static final String TELL =
            "while [ -e \"$1\" ]; do sleep 0.05; done; docker inspect --format '{{.State.Status}}' \"$2\" \"$3\"";

    final TestSite site;
    private final DockerEngine engine = DockerEngine.fromEnvironment(System.getenv());
    private final Clock clock = Clock.systemUTC();
    private final Brackets brackets;
    private final Journal journal;

    RealStack(Path directory, Path gate, String redis, String redisVolume, String app, String appVolume)
            throws IOException {
        site = new TestSite(directory);
        brackets = Brackets.of(directory.resolve("real"), engine, clock);
        journal = site.journal();
        site.component(
                STACK,
                WITNESS,
                new Source.Command(
                                List.of("sh", "-c", TELL, "sh", gate.toString(), redis, app),
                                null,
                                Map.of(),
                                "states",
                                List.of(),
                                Duration.ofMinutes(5),
                                Quiesce.NONE)
                        .toJson(),
                TestSite.NAME);
        site.component(
                STACK,
                CACHE,
                new Source.Redis(
                                redis,
                                "localhost",
                                6379,
                                null,
                                SecretReference.parse("env:REDIS_PASSWORD"),
                                new DataLocation.Volume(redisVolume),
                                Duration.ofMinutes(1),
                                resting(Quiesce.Mode.PAUSE))
                        .toJson(),
                TestSite.NAME);
        site.component(
                STACK,
                FILES,
                new Source.DockerVolume(appVolume, List.of(), null, resting(Quiesce.Mode.STOP)).toJson(),
                TestSite.NAME);
    }

    private static Quiesce resting(Quiesce.Mode mode) {
        return new Quiesce(mode, List.of(), List.of(), List.of(), List.of(), List.of(), Quiesce.DEFAULT_LIMIT);
    }

    /** Asks for a component, and others with it, as a recovery point. */
    static BackupRequested request(String point, String component, String... others) {
        var id = new ComponentId(STACK, component);
        var recoveryPoint = new RecoveryPointId(point);
        Instant now = Instant.parse("2026-11-21T02:00:00Z");
        return new BackupRequested(
                id,
                BackupId.of(id, recoveryPoint),
                1,
                recoveryPoint,
                BackupKind.INCREMENTAL,
                null,
                now,
                now.plus(Duration.ofDays(1)),
                others.length == 0 ? null : List.of(others));
    }

    void backUp(BackupRequested request, String redisPassword) throws IOException, InterruptedException, InUse {
        var entry = new Journal.Entry(
                request.backup().value(),
                request.attempt(),
                request.recoveryPoint().value(),
                clock.instant(),
                request);
        journal.accept(entry);
        workOff(redisPassword);
    }

    /** Carries out all that lies in the journal. */
    void workOff(String redisPassword) throws IOException, InterruptedException, InUse {
        var takeSnapshot = new TakeSnapshot(
                site.plan(),
                site.vaults(),
                new Sources(new Host(name -> name.equals("REDIS_PASSWORD") ? redisPassword : null, clock, engine)),
                brackets,
                site.leases(),
                site.restoreMarks(),
                site.ownFiles(),
                journal,
                TestSite.NAME,
                site.announcer(),
                new RunningCaptures(),
                clock);
        for (Journal.Entry entry : journal.entries()) {
            takeSnapshot.carryOut((BackupRequested) entry.request(), entry);
            journal.finish(entry);
        }
    }

    /** A worker as a process of its own: {@code DIRECTORY GATE REDIS VOLUME APP VOLUME PASSWORD}. */
    public static void main(String[] arguments) throws IOException, InterruptedException, InUse {
        try (var stack = new RealStack(
                Path.of(arguments[0]), Path.of(arguments[1]), arguments[2], arguments[3], arguments[4], arguments[5])) {
            stack.backUp(request("killed", WITNESS, CACHE, FILES), arguments[6]);
        }
    }

    @Override
    public void close() throws IOException {
        brackets.close();
        site.brackets().close();
        engine.close();
    }
}
