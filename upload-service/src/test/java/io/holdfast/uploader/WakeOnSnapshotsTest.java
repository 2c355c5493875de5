package io.holdfast.uploader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.events.BackupEvent.BackupStarted;
import io.holdfast.events.BackupEvent.ManifestWritten;
import io.holdfast.events.BackupEvent.SnapshotTaken;
import io.holdfast.events.BackupId;
import io.holdfast.events.BackupKind;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Envelope;
import io.holdfast.events.Event;
import io.holdfast.events.Received;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.SnapshotRef;
import io.holdfast.site.testing.TestSite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WakeOnSnapshotsTest {

    private static final ComponentId DOCS = new ComponentId("shop", "docs");
    private static final RecoveryPointId POINT = new RecoveryPointId("rp");
    private static final SnapshotRef SNAPSHOT = new SnapshotRef("ab".repeat(32));

    @TempDir
    private Path directory;

    private final AtomicInteger runs = new AtomicInteger();
    private Regions regions;
    private WakeOnSnapshots wake;

    @BeforeEach
    void start() throws IOException {
        var site = new TestSite(directory);
        site.region("east");
        site.component("shop", "docs", List.of(directory), "east");
        regions = new Regions(
                site.plan(),
                _ -> runs.incrementAndGet() > 0,
                new UploadSettings(Duration.ofHours(1), Duration.ofHours(1)));
        wake = new WakeOnSnapshots(regions);
        regions.start();
        await().until(() -> runs.get() == 1);
    }

    @AfterEach
    void stop() {
        regions.stop();
    }

    @Test
    void wakesForASnapshot() {
        wake.accept(received(new SnapshotTaken(
                DOCS,
                new BackupId("b"),
                1,
                POINT,
                "here",
                SNAPSHOT,
                Instant.EPOCH,
                BackupKind.FULL,
                1,
                1,
                1,
                Duration.ZERO,
                null,
                null,
                null,
                null)));

        await().until(() -> runs.get() == 2);
    }

    @Test
    void wakesForAManifest() {
        wake.accept(received(new ManifestWritten("shop", POINT, "here", SNAPSHOT, Instant.EPOCH)));

        await().until(() -> runs.get() == 2);
    }

    @Test
    void sleepsOnThroughEverythingElse() {
        wake.accept(received(new BackupStarted(DOCS, new BackupId("b"), 1, POINT, "here")));
        wake.accept(received(new ManifestWritten("blog", POINT, "here", SNAPSHOT, Instant.EPOCH)));
        wake.accept(new Received.Broken("no JSON", new Received.Original(Map.of(), new byte[0])));
        wake.accept(new Received.Unknown("id", "x.v1", new Received.Original(Map.of(), new byte[0])));

        await().during(Duration.ofMillis(200)).until(() -> runs.get() == 1);
        assertThat(runs).hasValue(1);
    }

    private static Received received(Event event) {
        return new Received.Known(new Envelope("id", "/sites/here/worker", Instant.EPOCH, "rp", event));
    }
}
