package io.holdfast.vault.snapshot;

import java.util.List;
import java.util.function.Predicate;

/**
 * Which snapshots are meant, as restic's options say it. An empty list asks for nothing.
 *
 * @param hosts any of them
 * @param tags all tags of any list; an empty tag stands for having none
 * @param paths all of them
 */
public record SnapshotFilter(List<String> hosts, List<List<String>> tags, List<String> paths)
        implements Predicate<Snapshot> {

    public static final SnapshotFilter ALL = new SnapshotFilter(List.of(), List.of(), List.of());

    public SnapshotFilter {
        hosts = List.copyOf(hosts);
        tags = tags.stream().map(List::copyOf).toList();
        paths = List.copyOf(paths);
    }

    @Override
    public boolean test(Snapshot snapshot) {
        return (hosts.isEmpty() || hosts.contains(snapshot.hostname()))
                && (tags.isEmpty() || tags.stream().anyMatch(snapshot::hasTags))
                && snapshot.paths().containsAll(paths);
    }
}
