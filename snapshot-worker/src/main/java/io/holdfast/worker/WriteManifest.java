package io.holdfast.worker;

import io.holdfast.events.BackupEvent.ManifestWritten;
import io.holdfast.events.BackupId;
import io.holdfast.events.ComponentId;
import io.holdfast.events.Request.ManifestRequested;
import io.holdfast.events.SnapshotKind;
import io.holdfast.events.SnapshotRef;
import io.holdfast.messaging.Announcer;
import io.holdfast.site.Journal;
import io.holdfast.site.SitePlan;
import io.holdfast.site.SiteVaults;
import io.holdfast.site.SnapshotTags;
import io.holdfast.vault.BackupSpec;
import io.holdfast.vault.Progress;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the manifest of a settled recovery point into the vault: what it holds, and how to bring it back. */
final class WriteManifest {

    private static final Logger log = LoggerFactory.getLogger(WriteManifest.class);

    private final SitePlan plan;
    private final SiteVaults vaults;
    private final String site;
    private final Announcer announcer;
    private final Clock clock;

    WriteManifest(SitePlan plan, SiteVaults vaults, String site, Announcer announcer, Clock clock) {
        this.plan = plan;
        this.vaults = vaults;
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
        Optional<Snapshot> twin = vault.snapshots().stream()
                .filter(snapshot -> SnapshotTags.of(snapshot)
                        .filter(tags -> tags.kind() == SnapshotKind.MANIFEST
                                && tags.recoveryPoint().equals(request.recoveryPoint()))
                        .isPresent())
                .findFirst();
        return twin.isPresent() ? twin.get() : write(request, vault);
    }

    private Snapshot write(ManifestRequested request, Vault vault) throws IOException {
        ComponentId component = ComponentId.manifestOf(request.stack());
        var tags = new SnapshotTags(
                component,
                BackupId.of(component, request.recoveryPoint()),
                1,
                request.recoveryPoint(),
                SnapshotKind.MANIFEST,
                request.name(),
                request.complete());
        String at = "/" + component;
        var spec = BackupSpec.of(
                        Manifest.of(request, vault.location(), plan.published()).under(at))
                .withPaths(List.of(at))
                .withHostname(site)
                .withTags(tags.wire())
                .withTime(clock.instant());
        return vault.backup(spec, Progress.NONE).snapshot();
    }
}
