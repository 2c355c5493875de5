package io.holdfast.vault.backup;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.files.Excludes;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.repository.Self;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to back up, and how the snapshot presents itself.
 *
 * @param paths what the snapshot says it holds; with {@code hostname} it also selects the parent
 * @param time when the snapshot counts as taken
 * @param parentId the snapshot that files are compared with; null for the newest of this host and these paths
 * @param readConcurrency how many files are read at once; 0 for as many as processors and memory allow
 */
public record BackupSpec(
        List<Root> roots,
        List<String> paths,
        String hostname,
        String username,
        Tagging tagging,
        Instant time,
        Excludes excludes,
        Set<BackupOption> options,
        @Nullable SnapshotId parentId,
        Compression.Level compression,
        int readConcurrency,
        CommitGuard commitGuard) {

    public BackupSpec {
        roots = List.copyOf(roots);
        paths = List.copyOf(paths);
        options = Set.copyOf(options);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("a backup needs at least one root");
        }
        if (readConcurrency < 0) {
            throw new IllegalArgumentException("readConcurrency must not be negative, was " + readConcurrency);
        }
    }

    /** Of these roots, by this host and user, now. */
    public static BackupSpec of(List<Root> roots) {
        List<String> paths = roots.stream()
                .map(root -> root instanceof Root.Tree tree && tree.named()
                        ? tree.from().toAbsolutePath().normalize().toString()
                        : root.at())
                .toList();
        return new BackupSpec(
                roots,
                paths,
                Self.HOSTNAME,
                Self.USERNAME,
                Tagging.always(List.of()),
                Instant.now(),
                Excludes.NONE,
                Set.of(),
                null,
                Compression.Level.AUTO,
                0,
                CommitGuard.NONE);
    }

    public static BackupSpec of(Root... roots) {
        return of(List.of(roots));
    }

    /** The tags that the snapshot carries if nothing is found while it is made. */
    public List<String> tags() {
        return tagging.tags(List.of(), List.of());
    }

    public boolean has(BackupOption option) {
        return options.contains(option);
    }

    /** The snapshot that files are compared with, where it is not to be the newest of this host and these paths. */
    public Optional<SnapshotId> parent() {
        return Optional.ofNullable(parentId);
    }

    public BackupSpec withPaths(List<String> paths) {
        return new BackupSpec(
                roots,
                paths,
                hostname,
                username,
                tagging,
                time,
                excludes,
                options,
                parentId,
                compression,
                readConcurrency,
                commitGuard);
    }

    public BackupSpec withHostname(String hostname) {
        return new BackupSpec(
                roots,
                paths,
                hostname,
                username,
                tagging,
                time,
                excludes,
                options,
                parentId,
                compression,
                readConcurrency,
                commitGuard);
    }

    public BackupSpec withUsername(String username) {
        return new BackupSpec(
                roots,
                paths,
                hostname,
                username,
                tagging,
                time,
                excludes,
                options,
                parentId,
                compression,
                readConcurrency,
                commitGuard);
    }

    /** Carried by the snapshot, whether or not it is complete. */
    public BackupSpec withTags(List<String> tags) {
        return withTagging(Tagging.always(tags));
    }

    public BackupSpec withTagging(Tagging tagging) {
        return new BackupSpec(
                roots,
                paths,
                hostname,
                username,
                tagging,
                time,
                excludes,
                options,
                parentId,
                compression,
                readConcurrency,
                commitGuard);
    }

    public BackupSpec withTime(Instant time) {
        return new BackupSpec(
                roots,
                paths,
                hostname,
                username,
                tagging,
                time,
                excludes,
                options,
                parentId,
                compression,
                readConcurrency,
                commitGuard);
    }

    /** Leaves out what matches these patterns; see {@link io.holdfast.vault.files.Patterns}. */
    public BackupSpec withExcludes(List<String> patterns) {
        return withExcludes(Excludes.of(patterns));
    }

    public BackupSpec withExcludes(Excludes excludes) {
        return new BackupSpec(
                roots,
                paths,
                hostname,
                username,
                tagging,
                time,
                excludes,
                options,
                parentId,
                compression,
                readConcurrency,
                commitGuard);
    }

    public BackupSpec with(BackupOption option) {
        return with(option, true);
    }

    public BackupSpec with(BackupOption option, boolean wanted) {
        Set<BackupOption> options = EnumSet.noneOf(BackupOption.class);
        options.addAll(this.options);
        if (wanted) {
            options.add(option);
        } else {
            options.remove(option);
        }
        return new BackupSpec(
                roots,
                paths,
                hostname,
                username,
                tagging,
                time,
                excludes,
                options,
                parentId,
                compression,
                readConcurrency,
                commitGuard);
    }

    public BackupSpec withParent(SnapshotId parentId) {
        return new BackupSpec(
                roots,
                paths,
                hostname,
                username,
                tagging,
                time,
                excludes,
                options,
                parentId,
                compression,
                readConcurrency,
                commitGuard);
    }

    public BackupSpec withCompression(Compression.Level compression) {
        return new BackupSpec(
                roots,
                paths,
                hostname,
                username,
                tagging,
                time,
                excludes,
                options,
                parentId,
                compression,
                readConcurrency,
                commitGuard);
    }

    public BackupSpec withReadConcurrency(int readConcurrency) {
        return new BackupSpec(
                roots,
                paths,
                hostname,
                username,
                tagging,
                time,
                excludes,
                options,
                parentId,
                compression,
                readConcurrency,
                commitGuard);
    }

    public BackupSpec withCommitGuard(CommitGuard commitGuard) {
        return new BackupSpec(
                roots,
                paths,
                hostname,
                username,
                tagging,
                time,
                excludes,
                options,
                parentId,
                compression,
                readConcurrency,
                commitGuard);
    }
}
