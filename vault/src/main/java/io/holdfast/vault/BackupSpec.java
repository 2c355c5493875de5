package io.holdfast.vault;

import io.holdfast.vault.files.Excludes;
import io.holdfast.vault.repository.Self;
import java.time.Instant;
import java.util.List;

/**
 * What to back up, and how the snapshot presents itself.
 *
 * @param paths what the snapshot says it holds; with {@code hostname} it also selects the parent
 * @param tagsIfIncomplete carried instead of {@code tags} when something could not be captured
 * @param time when the snapshot counts as taken
 * @param full whether every file is read again even if nothing about it has changed
 */
public record BackupSpec(
        List<Root> roots,
        List<String> paths,
        String hostname,
        String username,
        List<String> tags,
        List<String> tagsIfIncomplete,
        Instant time,
        Excludes excludes,
        boolean full,
        CommitGuard commitGuard) {

    public BackupSpec {
        roots = List.copyOf(roots);
        paths = List.copyOf(paths);
        tags = List.copyOf(tags);
        tagsIfIncomplete = List.copyOf(tagsIfIncomplete);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("a backup needs at least one root");
        }
    }

    /** Of these roots, by this host and user, now. */
    public static BackupSpec of(List<Root> roots) {
        List<String> paths = roots.stream().map(Root::at).toList();
        return new BackupSpec(
                roots,
                paths,
                Self.HOSTNAME,
                Self.USERNAME,
                List.of(),
                List.of(),
                Instant.now(),
                Excludes.NONE,
                false,
                CommitGuard.NONE);
    }

    public static BackupSpec of(Root... roots) {
        return of(List.of(roots));
    }

    public BackupSpec withPaths(List<String> paths) {
        return new BackupSpec(
                roots, paths, hostname, username, tags, tagsIfIncomplete, time, excludes, full, commitGuard);
    }

    public BackupSpec withHostname(String hostname) {
        return new BackupSpec(
                roots, paths, hostname, username, tags, tagsIfIncomplete, time, excludes, full, commitGuard);
    }

    public BackupSpec withUsername(String username) {
        return new BackupSpec(
                roots, paths, hostname, username, tags, tagsIfIncomplete, time, excludes, full, commitGuard);
    }

    /** Carried by the snapshot, whether or not it is complete. */
    public BackupSpec withTags(List<String> tags) {
        return withTags(tags, tags);
    }

    /** One set of tags for a complete snapshot, and one for a snapshot that lacks something. */
    public BackupSpec withTags(List<String> tags, List<String> tagsIfIncomplete) {
        return new BackupSpec(
                roots, paths, hostname, username, tags, tagsIfIncomplete, time, excludes, full, commitGuard);
    }

    public BackupSpec withTime(Instant time) {
        return new BackupSpec(
                roots, paths, hostname, username, tags, tagsIfIncomplete, time, excludes, full, commitGuard);
    }

    /** Leaves out what matches these patterns; see {@link io.holdfast.vault.files.Patterns}. */
    public BackupSpec withExcludes(List<String> patterns) {
        return withExcludes(Excludes.of(patterns));
    }

    public BackupSpec withExcludes(Excludes excludes) {
        return new BackupSpec(
                roots, paths, hostname, username, tags, tagsIfIncomplete, time, excludes, full, commitGuard);
    }

    public BackupSpec withFull(boolean full) {
        return new BackupSpec(
                roots, paths, hostname, username, tags, tagsIfIncomplete, time, excludes, full, commitGuard);
    }

    public BackupSpec withCommitGuard(CommitGuard commitGuard) {
        return new BackupSpec(
                roots, paths, hostname, username, tags, tagsIfIncomplete, time, excludes, full, commitGuard);
    }
}
