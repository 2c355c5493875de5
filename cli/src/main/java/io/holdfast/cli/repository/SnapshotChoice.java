package io.holdfast.cli.repository;

import io.holdfast.cli.verb.Invocation;
import io.holdfast.vault.SnapshotReference;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.snapshot.SnapshotFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which snapshots are meant. How a host is named differs between verbs, for {@code -H} is not free in all of them. */
public abstract class SnapshotChoice {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec verb;

    @Option(
            names = "--tag",
            paramLabel = "TAG[,TAG]",
            description = "Only snapshots with all of these tags; given again, or with all of those.")
    private List<String> tags = List.of();

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Only snapshots of this path; can be given again, then of all of them.")
    private List<String> paths = List.of();

    /** The hosts that an option names. */
    protected abstract List<String> hosts();

    /** As the options say; the host may also stand in {@code RESTIC_HOST}, and an empty one is any. */
    public SnapshotFilter filter() {
        List<String> named = hosts().isEmpty()
                ? Optional.ofNullable(Invocation.of(verb).surroundings().environment("RESTIC_HOST")).stream()
                        .toList()
                : hosts();
        return new SnapshotFilter(
                named.contains("") ? List.of() : named,
                tags.stream().map(each -> List.of(each.split(",", -1))).toList(),
                paths);
    }

    /** Whether an option leaves some snapshots out. */
    public boolean isNarrow() {
        return !filter().equals(SnapshotFilter.ALL);
    }

    /** The snapshot that is meant. {@code latest} passes over safety copies, manifests and the like, unless tags are asked for. */
    public Snapshot choose(Vault vault, SnapshotReference reference) throws VaultException {
        SnapshotFilter filter = filter();
        return vault.snapshot(
                reference, snapshot -> filter.test(snapshot) && (!tags.isEmpty() || HoldfastTags.isRegular(snapshot)));
    }

    /** Those that are named, each once; or else all that the options leave, newest first. */
    public List<Snapshot> chooseAll(Vault vault, List<String> names) throws VaultException {
        if (names.isEmpty()) {
            return vault.snapshots().stream().filter(filter()).toList();
        }
        List<Snapshot> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(choose(vault, SnapshotReference.parse(name)));
        }
        return chosen.stream().distinct().toList();
    }
}
