package io.holdfast.cli.vault;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.repository.SnapshotOptions;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Retagged;
import io.holdfast.vault.TagChange;
import io.holdfast.vault.Vault;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "tag", description = "Change the tags of snapshots; each that changes gets a new id.")
final class TagVerb extends RepositoryVerb {

    @Parameters(
            arity = "0..*",
            paramLabel = "SNAPSHOT",
            description = "Which; otherwise all that --host, --tag and --path leave.")
    private List<String> snapshots = List.of();

    @Option(names = "--set", paramLabel = "TAG[,TAG]", split = ",", description = "These tags and no others.")
    private List<String> set = List.of();

    @Option(names = "--add", paramLabel = "TAG[,TAG]", split = ",", description = "These too.")
    private List<String> add = List.of();

    @Option(names = "--remove", paramLabel = "TAG[,TAG]", split = ",", description = "Not these.")
    private List<String> remove = List.of();

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    @Override
    protected void prepare() {
        boolean edits = !add.isEmpty() || !remove.isEmpty();
        if (set.isEmpty() != edits) {
            throw usage("Give --set, or --add and --remove.");
        }
    }

    private TagChange change() {
        return set.isEmpty()
                ? new TagChange.Edit(add, remove)
                : new TagChange.Set(set.stream().filter(tag -> !tag.isEmpty()).toList());
    }

    @Override
    protected int run(Vault vault) throws Exception {
        Set<Snapshot> chosen = Set.copyOf(options.chooseAll(vault, snapshots));
        List<Retagged> changed = vault.maintenance().tag(chosen::contains, change());
        for (Retagged each : changed) {
            if (output().isJson()) {
                output().json(new Changed(
                        "changed", each.before().toString(), each.after().id().toString()));
            } else {
                output().line("%s is now %s, with the tags %s"
                        .formatted(
                                each.before().shortForm(),
                                each.after().id().shortForm(),
                                Text.orNone(String.join(",", each.after().tags()))));
            }
        }
        if (output().isJson()) {
            output().json(new Summary("summary", changed.size()));
        } else {
            output().line(Text.counted(changed.size(), "snapshot") + " changed");
        }
        return ExitCodes.DONE;
    }

    private record Changed(String messageType, String oldSnapshotId, String newSnapshotId) {}

    private record Summary(String messageType, int changedSnapshots) {}
}
