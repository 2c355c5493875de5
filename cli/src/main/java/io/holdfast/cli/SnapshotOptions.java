package io.holdfast.cli;

import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;
import picocli.CommandLine.Option;

/** Which snapshots are meant. */
final class SnapshotOptions {

    private static final String KIND = "kind=";
    private static final String REGULAR = "kind=regular";

    @Option(
            names = "--tag",
            paramLabel = "TAG[,TAG]",
            description = "Only snapshots with all of these tags; given again, or with all of those.")
    private List<String> tags = List.of();

    @Option(
            names = {"-H", "--host"},
            paramLabel = "HOST",
            description = "Only snapshots of this host; can be given again.")
    private List<String> hosts = List.of();

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Only snapshots of this path; can be given again, then of all of them.")
    private List<String> paths = List.of();

    boolean match(Snapshot snapshot) {
        return (hosts.isEmpty() || hosts.contains(snapshot.hostname()))
                && (tags.isEmpty() || tags.stream().anyMatch(each -> hasAll(snapshot, each)))
                && snapshot.paths().containsAll(paths);
    }

    /** What {@code latest} means leaves out safety copies, manifests and the like, unless tags are asked for. */
    boolean matchLatest(Snapshot snapshot) {
        return match(snapshot)
                && (!tags.isEmpty()
                        || snapshot.tags().stream().allMatch(tag -> !tag.startsWith(KIND) || tag.equals(REGULAR)));
    }

    private static boolean hasAll(Snapshot snapshot, String tags) {
        return snapshot.tags().containsAll(List.of(tags.split(",", -1)));
    }
}
