package io.holdfast.restore;

import io.holdfast.events.BackupId;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Envelope;
import io.holdfast.events.EventJson;
import io.holdfast.events.Received;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.Request.RestoreRequested;
import io.holdfast.events.RestoreId;
import io.holdfast.events.SnapshotKind;
import io.holdfast.site.InUse;
import io.holdfast.site.Journal;
import io.holdfast.site.ManifestFiles;
import io.holdfast.site.SnapshotTags;
import io.holdfast.site.testing.TestSite;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The restore service's parts on a site of their own, with two components whose files lie in directories. */
final class RestoreBench {

    static final Duration UNTIL_EXPIRY = Duration.ofMinutes(15);

    final TestSite site;
    final Path directory;
    final Path docs;
    final Path web;
    final Path own;
    final ComponentId docsId;
    final ComponentId webId;
    final Journal journal;
    private int requests;

    RestoreBench(Path directory) throws IOException {
        this.directory = directory;
        site = new TestSite(directory);
        docs = Files.createDirectory(directory.resolve("docs"));
        web = Files.createDirectory(directory.resolve("web"));
        own = Files.createDirectory(directory.resolve("own"));
        Files.writeString(docs.resolve("a.txt"), "good docs");
        Files.writeString(web.resolve("index.html"), "good web");
        site.region("east");
        docsId = site.component("shop", "docs", List.of(docs), "east");
        webId = site.component("shop", "web", List.of(web), "east");
        journal = site.journal();
    }

    /** Backs both components up, and moves on. */
    void backUp(String point) throws IOException {
        site.backUp(docsId, point, docs);
        site.backUp(webId, point, web);
        site.clock().advance(Duration.ofHours(1));
    }

    /** Writes down that a recovery point has no snapshot of these. */
    void manifestOfIncomplete(String point, String... missing) throws IOException {
        var component = ComponentId.manifestOf("shop");
        var recoveryPoint = new RecoveryPointId(point);
        var tags = new SnapshotTags(
                component,
                BackupId.of(component, recoveryPoint),
                1,
                recoveryPoint,
                SnapshotKind.MANIFEST,
                null,
                false,
                null,
                null);
        byte[] json = EventJson.write(Map.of("format", 1, "missing", List.of(missing)));
        var spec = BackupSpec.of(List.of(new Root.Generated("/" + component + ManifestFiles.JSON, json)))
                .withHostname(TestSite.NAME)
                .withTags(tags.wire())
                .withTime(site.clock().instant());
        site.vaults().of("shop").backup(spec, Progress.NONE);
    }

    CarryOutRestore service() {
        return new CarryOutRestore(
                site.plan(),
                new RestorePlace(site.plan(), site.vaults()),
                new RestoreTools(
                        site.sources(),
                        new KeepOut(site.ownFiles()),
                        site.brackets(),
                        new SafetySnapshot(site.vaults(), TestSite.NAME, site.clock()),
                        site.restoreMarks(),
                        site.announcer()),
                new RestoreTurns(site.leases(), journal, TestSite.NAME, site.announcer()),
                journal,
                TestSite.NAME,
                site.clock());
    }

    RestoreRequested request(String which, String... components) {
        return requestOf("shop", which, null, null, components);
    }

    RestoreRequested requestInto(@Nullable String target, @Nullable String region, String... components) {
        return requestOf("shop", "latest", target, region, components);
    }

    RestoreRequested requestIntoVolume(String volume, String... components) {
        return request("shop", "latest", null, volume, null, components);
    }

    RestoreRequested requestOf(
            String stack, String which, @Nullable String target, @Nullable String region, String... components) {
        return request(stack, which, target, null, region, components);
    }

    private RestoreRequested request(
            String stack,
            String which,
            @Nullable String target,
            @Nullable String volume,
            @Nullable String region,
            String... components) {
        Instant now = site.clock().instant();
        return new RestoreRequested(
                new RestoreId("restore-" + ++requests),
                stack,
                List.of(components),
                which,
                null,
                target,
                volume,
                region,
                "operator",
                "a test",
                now.plus(UNTIL_EXPIRY));
    }

    /** Takes a request into the journal, as its entry. */
    Journal.Entry accepted(RestoreRequested request) throws IOException {
        var entry = new Journal.Entry(
                request.restore().value(),
                1,
                request.restore().value(),
                site.clock().instant(),
                request);
        journal.accept(entry);
        return entry;
    }

    void carryOut(RestoreRequested request) throws IOException, InterruptedException, InUse {
        service().carryOut(accepted(request));
    }

    Received received(RestoreRequested request) {
        return new Received.Known(new Envelope(
                "id",
                "/central/console",
                site.clock().instant(),
                request.restore().value(),
                request));
    }
}
