package io.holdfast.cli.vault.maintenance;

import io.holdfast.cli.repository.GroupingConverter;
import io.holdfast.cli.repository.HoldfastTags;
import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.repository.ShownSnapshot;
import io.holdfast.cli.terminal.Code;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.ForgetResult;
import io.holdfast.vault.ForgetSpec;
import io.holdfast.vault.Vault;
import io.holdfast.vault.retention.ForgetPlan;
import io.holdfast.vault.retention.Grouping;
import io.holdfast.vault.retention.Kept;
import io.holdfast.vault.retention.RetentionPolicy;
import io.holdfast.vault.retention.Safeguards;
import io.holdfast.vault.rewrite.Removal;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code holdfast vault forget}: the snapshots that are named, or those that a policy does not keep. */
@Command(
        name = "forget",
        description = "Remove snapshots, by id or by what is to be kept. Their space is freed by a prune.")
public final class ForgetVerb extends RepositoryVerb {

    @Parameters(arity = "0..*", paramLabel = "SNAPSHOT", description = "These snapshots, whatever is to be kept.")
    private List<String> snapshots = List.of();

    @Option(
            names = {"-g", "--group-by"},
            paramLabel = "host,paths,tags",
            converter = GroupingConverter.class,
            description = "What is kept is counted in each group; '' for one group. Default: host,paths.")
    private Grouping grouping = Grouping.STANDARD;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only tell what would go.")
    private boolean dryRun;

    @Option(
            names = "--unsafe-allow-remove-all",
            description = "Allow that nothing is left of a group, or of what --host, --tag and --path choose.")
    private boolean removeAll;

    @Option(names = "--prune", description = "Then free the space, if snapshots were removed; see 'prune --help'.")
    private boolean prune;

    @Mixin
    private final KeepOptions keep = new KeepOptions();

    @Mixin
    private final PolicyScopeOptions scope = new PolicyScopeOptions();

    @Mixin
    private final PruneOptions pruning = new PruneOptions();

    @SuppressWarnings("NullAway.Init")
    private RetentionPolicy policy;

    @Override
    protected void prepare() {
        pruning.check();
        policy = keep.policy();
        if (!snapshots.isEmpty() && !policy.isEmpty()) {
            throw usage("Name snapshots or say what to keep, not both.");
        }
        if (snapshots.isEmpty() && policy.isEmpty() && !(removeAll && scope.isNarrow())) {
            throw usage(
                    removeAll
                            ? "--unsafe-allow-remove-all needs --host, --tag or --path."
                            : "Name snapshots, or say what to keep.");
        }
    }

    @Override
    protected int run(Vault vault) throws Exception {
        int removed;
        int exit;
        if (snapshots.isEmpty()) {
            ForgetResult result = vault.maintenance().forget(spec());
            exit = report(result);
            removed = result instanceof ForgetResult.Forgotten forgotten
                    ? forgotten.removed().size()
                    : 0;
        } else {
            List<Snapshot> chosen = scope.chooseAll(vault, snapshots);
            List<Removal.Stayed> stayed = dryRun
                    ? List.of()
                    : vault.maintenance()
                            .forget(chosen.stream().map(Snapshot::id).toList());
            exit = report(chosen, stayed);
            removed = dryRun ? 0 : chosen.size() - stayed.size();
        }
        return prune && removed > 0 ? Math.max(exit, prune(vault)) : exit;
    }

    private ForgetSpec spec() {
        Safeguards safeguards = Safeguards.STANDARD
                .withFloor(1, HoldfastTags::isRegular)
                .withRecoveryPoints(HoldfastTags::recoveryPoint);
        return ForgetSpec.of(policy)
                .withGrouping(grouping)
                .withSafeguards(removeAll ? safeguards.withEmptyGroups() : safeguards)
                .withConsidered(scope.filter())
                .withDryRun(dryRun);
    }

    private int prune(Vault vault) throws Exception {
        try (var _ = working("Pruning")) {
            return Pruned.tell(vault.maintenance().prune(pruning.spec(vault, surroundings())), false, output());
        }
    }

    private int report(List<Snapshot> chosen, List<Removal.Stayed> stayed) {
        if (output().isJson()) {
            output().json(new Removed(
                    "forgotten",
                    dryRun,
                    chosen.stream().map(each -> each.id().toString()).toList(),
                    stayed.size()));
        } else {
            output().line("%s %s"
                    .formatted(
                            dryRun ? "Would remove" : "Removed",
                            Text.counted(chosen.size() - stayed.size(), "snapshot")));
        }
        return StayedFiles.tell(stayed, output());
    }

    private int report(ForgetResult result) {
        if (output().isJson()) {
            output().json(result.plan().groups().stream().map(Group::of).toList());
        } else {
            result.plan().groups().forEach(this::describe);
        }
        return switch (result) {
            case ForgetResult.Planned(ForgetPlan plan) -> {
                plan.objections().forEach(each -> output().problem("would be refused: " + each));
                output().note("Would remove " + Text.counted(plan.remove().size(), "snapshot"));
                yield ExitCodes.DONE;
            }
            case ForgetResult.Refused(ForgetPlan plan) ->
                throw Code.REFUSED.because(
                        "Will not remove snapshots: %s. Nothing was removed. Correct what to keep, or the clock; --dry-run shows the plan."
                                .formatted(plan.objections().stream()
                                        .map(Objects::toString)
                                        .collect(Collectors.joining("; "))));
            case ForgetResult.Forgotten forgotten -> {
                output().note("Removed " + Text.counted(forgotten.removed().size(), "snapshot"));
                yield StayedFiles.tell(forgotten.stayed(), output());
            }
        };
    }

    private void describe(ForgetPlan.Group group) {
        output().line(Text.printable(group.name().toString()) + ":");
        for (Kept kept : group.keep()) {
            output().line("  keep    %s  %s  %s"
                    .formatted(
                            kept.snapshot().id().shortForm(),
                            Text.time(kept.snapshot().time(), surroundings().zone()),
                            String.join(", ", kept.reasons())));
        }
        for (Snapshot gone : group.remove()) {
            output().line("  remove  %s  %s"
                    .formatted(
                            gone.id().shortForm(),
                            Text.time(gone.time(), surroundings().zone())));
        }
    }

    private record Removed(String messageType, boolean dryRun, List<String> snapshots, int stayed) {}

    private record Reasons(String snapshotId, List<String> matches) {}

    /** One group with restic's names. */
    private record Group(
            String host,
            List<String> paths,
            List<String> tags,
            List<ShownSnapshot> keep,
            List<ShownSnapshot> remove,
            List<Reasons> reasons) {

        static Group of(ForgetPlan.Group group) {
            return new Group(
                    group.name().host(),
                    group.name().paths(),
                    group.name().tags(),
                    group.keep().stream()
                            .map(kept -> ShownSnapshot.of(kept.snapshot()))
                            .toList(),
                    group.remove().stream().map(ShownSnapshot::of).toList(),
                    group.keep().stream()
                            .map(kept -> new Reasons(kept.snapshot().id().toString(), kept.reasons()))
                            .toList());
        }
    }
}
