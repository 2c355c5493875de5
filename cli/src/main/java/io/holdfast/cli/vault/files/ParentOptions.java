package io.holdfast.cli.vault.files;

import io.holdfast.cli.repository.GroupingConverter;
import io.holdfast.vault.SnapshotReference;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.backup.BackupSpec;
import io.holdfast.vault.retention.Grouping;
import io.holdfast.vault.retention.Grouping.By;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFilter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The snapshot that a backup compares files with. */
final class ParentOptions {

    @Option(
            names = "--parent",
            paramLabel = "SNAPSHOT",
            description = "What files are compared with. Default: the newest snapshot of the same host and paths.")
    private @Nullable String parent;

    @Option(
            names = {"-g", "--group-by"},
            paramLabel = "host,paths,tags",
            converter = GroupingConverter.class,
            description = "What must be the same for that, instead of host and paths; '' for nothing.")
    private @Nullable Grouping grouping;

    /** The one that is asked for; otherwise empty, and the vault chooses. */
    Optional<Snapshot> choose(Vault vault, BackupSpec spec) throws VaultException {
        if (parent != null) {
            return Optional.of(vault.snapshot(SnapshotReference.parse(parent), SnapshotFilter.ALL));
        }
        if (grouping == null) {
            return Optional.empty();
        }
        Set<By> by = grouping.by();
        return vault.snapshots().stream()
                .filter(snapshot -> !by.contains(By.HOST) || snapshot.hostname().equals(spec.hostname()))
                .filter(snapshot ->
                        !by.contains(By.PATHS) || Set.copyOf(snapshot.paths()).equals(Set.copyOf(spec.paths())))
                .filter(snapshot ->
                        !by.contains(By.TAGS) || Set.copyOf(snapshot.tags()).equals(Set.copyOf(spec.tags())))
                .filter(snapshot -> !snapshot.time().isAfter(spec.time()))
                .findFirst();
    }
}
