package io.holdfast.restore;

import io.holdfast.events.BackupId;
import io.holdfast.events.ComponentId;
import io.holdfast.events.RecoveryPointId;
import io.holdfast.events.RestoreId;
import io.holdfast.events.SnapshotKind;
import io.holdfast.site.SiteVaults;
import io.holdfast.site.SnapshotTags;
import io.holdfast.sources.component.ComponentSource;
import io.holdfast.sources.component.Content;
import io.holdfast.sources.component.SourceException;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backup.BackupResult;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.Progress;
import io.holdfast.vault.snapshot.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the state that a restore is about to replace, once per restore and component. */
final class SafetySnapshot {

    /**
     * What was kept.
     *
     * @param unread what could not be read and so is not kept; known where it was kept in this try
     */
    record Kept(Snapshot snapshot, List<Problem> unread) {

        private static final int SHOWN = 3;

        /** For an operator; empty if everything was kept. */
        Optional<String> lack() {
            String shown = unread.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("; "));
            return unread.isEmpty()
                    ? Optional.empty()
                    : Optional.of("HF-R20 What could not be read of the state before is not kept (%d in all): %s."
                            .formatted(unread.size(), shown));
        }
    }

    private static final Logger log = LoggerFactory.getLogger(SafetySnapshot.class);

    private final SiteVaults vaults;
    private final String site;
    private final Clock clock;

    SafetySnapshot(SiteVaults vaults, String site, Clock clock) {
        this.vaults = vaults;
        this.site = site;
        this.clock = clock;
    }

    /** Takes it, or finds the one that this restore took before it was interrupted; empty if nothing is there to keep. */
    Optional<Kept> take(RestoreId restore, ComponentId component, ComponentSource source) throws IOException {
        var recoveryPoint = new RecoveryPointId("safety-" + restore);
        Vault vault = vaults.ofOrNew(component.stack());
        Optional<Held> taken = Held.of(vault.snapshots()).stream()
                .filter(held -> held.tags().kind() == SnapshotKind.SAFETY)
                .filter(held -> held.tags().recoveryPoint().equals(recoveryPoint))
                .filter(held -> held.tags().component().equals(component))
                .findFirst();
        if (taken.isPresent()) {
            return taken.map(held -> new Kept(held.snapshot(), List.of()));
        }
        String at = "/" + component;
        try (Content content = source.salvage()) {
            if (content.roots().isEmpty()) {
                return Optional.empty();
            }
            var tags = new SnapshotTags(
                    component, BackupId.of(component, recoveryPoint), 1, recoveryPoint, SnapshotKind.SAFETY, null);
            var spec = BackupSpec.of(content.roots())
                    .withPaths(List.of(at))
                    .withExcludes(content.excludes())
                    .withHostname(site)
                    .withTags(tags.wire())
                    .withTime(clock.instant());
            BackupResult kept = kept(vault, spec, component);
            kept.problems()
                    .forEach(problem -> log.warn("Not kept as it was before the restore {}: {}", restore, problem));
            kept.changes()
                    .forEach(change -> log.warn("Written to while kept before the restore {}: {}", restore, change));
            return Optional.of(new Kept(kept.snapshot(), kept.problems()));
        }
    }

    private static BackupResult kept(Vault vault, BackupSpec spec, ComponentId component) throws IOException {
        try {
            return vault.backup(spec, Progress.NONE);
        } catch (VaultException e) {
            if (e.code() != VaultException.Code.FULL) {
                throw e;
            }
            throw new SourceException(
                    e.code().text(),
                    ("The restore of %s was not begun: its present state, which is kept first, finds no room in the vault %s. "
                                    + "Every snapshot is safe. Make room there, then ask again; or restore into another "
                                    + "directory with --to DIR, which takes hardly any room in the vault.")
                            .formatted(component, vault.location()),
                    e);
        }
    }
}
