package io.holdfast.worker;

import io.holdfast.events.BackupEvent.ManifestWritten;
import io.holdfast.events.BackupId;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Consistency;
import io.holdfast.events.EventJson;
import io.holdfast.events.RecoveredComponent;
import io.holdfast.events.Request.ManifestRequested;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.SnapshotRef;
import io.holdfast.messaging.Announcer;
import io.holdfast.plan.Source;
import io.holdfast.site.Journal;
import io.holdfast.site.ManifestFiles;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteVaults;
import io.holdfast.site.SnapshotTags;
import io.holdfast.sources.Sources;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.backup.Root;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.Summary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the manifest of a settled recovery point into the vault: what it holds, and how to bring it back. */
final class WriteManifest {

    private static final Logger log = LoggerFactory.getLogger(WriteManifest.class);

    private final SitePlan plan;
    private final SiteVaults vaults;
    private final Sources sources;
    private final String site;
    private final Announcer announcer;
    private final Clock clock;

    WriteManifest(SitePlan plan, SiteVaults vaults, Sources sources, String site, Announcer announcer, Clock clock) {
        this.plan = plan;
        this.vaults = vaults;
        this.sources = sources;
        this.site = site;
        this.announcer = announcer;
        this.clock = clock;
    }

    void carryOut(ManifestRequested request, Journal.Entry entry) throws IOException, InterruptedException {
        Snapshot snapshot;
        try {
            snapshot = snapshot(request);
        } catch (IOException e) {
            if (e instanceof VaultException vault && vault.code() == VaultException.Code.INTERRUPTED) {
                throw new InterruptedException(e.getMessage());
            }
            if (clock.instant().isBefore(request.expires())) {
                throw e;
            }
            log.error("HF-W06 The manifest of {} was given up: {}", request.recoveryPoint(), e.getMessage());
            return;
        }
        announcer.announce(
                new ManifestWritten(
                        request.stack(),
                        request.recoveryPoint(),
                        site,
                        new SnapshotRef(snapshot.id().toString()),
                        snapshot.time()),
                entry.correlation());
    }

    private Snapshot snapshot(ManifestRequested request) throws IOException {
        Vault vault = vaults.ofOrNew(request.stack());
        List<Snapshot> snapshots = vault.snapshots();
        Optional<Snapshot> twin = snapshots.stream()
                .filter(snapshot -> SnapshotTags.of(snapshot)
                        .filter(tags -> tags.kind() == SnapshotKind.MANIFEST
                                && tags.recoveryPoint().equals(request.recoveryPoint()))
                        .isPresent())
                .findFirst();
        return twin.isPresent() ? twin.get() : write(request, vault, snapshots);
    }

    private Snapshot write(ManifestRequested request, Vault vault, List<Snapshot> snapshots) throws IOException {
        ComponentId component = ComponentId.manifestOf(request.stack());
        var tags = new SnapshotTags(
                component,
                BackupId.of(component, request.recoveryPoint()),
                1,
                request.recoveryPoint(),
                SnapshotKind.MANIFEST,
                request.name(),
                request.complete(),
                consistency(request),
                null);
        String at = "/" + component;
        Map<String, Snapshot> held =
                snapshots.stream().collect(Collectors.toMap(it -> it.id().toString(), Function.identity()));
        var manifest = Manifest.of(
                request,
                consistency(request),
                clock.instant(),
                site,
                Vault.PROGRAM,
                vault.location(),
                request.components().stream()
                        .map(it ->
                                part(request.stack(), it, held.get(it.snapshot().value())))
                        .toList());
        var files = new ArrayList<Root>();
        files.add(file(at + ManifestFiles.TEXT, ManifestText.of(manifest).getBytes(StandardCharsets.UTF_8)));
        files.add(file(at + ManifestFiles.JSON, EventJson.write(manifest)));
        plan.published()
                .ifPresent(it -> files.add(file(at + "/plan.yaml", it.text().getBytes(StandardCharsets.UTF_8))));
        var spec = BackupSpec.of(files)
                .withPaths(List.of(at))
                .withHostname(site)
                .withTags(tags.wire())
                .withTime(clock.instant());
        return vault.backup(spec, Progress.NONE).snapshot();
    }

    private static @Nullable Consistency consistency(ManifestRequested request) {
        return Consistency.ofAll(request.components().stream()
                        .map(RecoveredComponent::consistency)
                        .toList())
                .orElse(null);
    }

    private Manifest.Part part(String stack, RecoveredComponent recovered, @Nullable Snapshot snapshot) {
        var id = new ComponentId(stack, recovered.component());
        Optional<Source> source = plan.component(id).map(it -> Source.fromJson(it.source()));
        Optional<Summary> summary = Optional.ofNullable(snapshot).flatMap(Snapshot::summary);
        return new Manifest.Part(
                recovered.component(),
                source.map(Source::kind).orElse(null),
                recovered.backup().value(),
                recovered.snapshot().value(),
                snapshot == null ? null : snapshot.tree().toString(),
                recovered.takenAt(),
                summary.map(it -> Duration.between(it.backupStart(), it.backupEnd()))
                        .orElse(null),
                recovered.files(),
                recovered.bytes(),
                summary.map(Summary::dataAddedPacked).orElse(null),
                recovered.consistency(),
                snapshot == null ? null : snapshot.programVersion(),
                source.map(it -> sources.of(it, "/" + id).byHand()).orElse(null));
    }

    private static Root file(String at, byte[] content) {
        return new Root.Generated(at, content);
    }
}
