package io.holdfast.cli;

import io.holdfast.vault.SnapshotReference;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFilter;
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

    SnapshotFilter filter() {
        return new SnapshotFilter(
                hosts, tags.stream().map(each -> List.of(each.split(",", -1))).toList(), paths);
    }

    /** The snapshot that is meant. {@code latest} passes over safety copies, manifests and the like, unless tags are asked for. */
    Snapshot choose(Vault vault, SnapshotReference reference) throws VaultException {
        SnapshotFilter filter = filter();
        return vault.snapshot(reference, snapshot -> filter.test(snapshot) && (!tags.isEmpty() || isRegular(snapshot)));
    }

    private static boolean isRegular(Snapshot snapshot) {
        return snapshot.tags().stream().allMatch(tag -> !tag.startsWith(KIND) || tag.equals(REGULAR));
    }
}
