package io.holdfast.cli.vault;

import io.holdfast.cli.repository.GroupingConverter;
import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.repository.ShownSnapshot;
import io.holdfast.cli.repository.SnapshotOptions;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Table;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Vault;
import io.holdfast.vault.retention.Grouping;
import io.holdfast.vault.snapshot.Snapshot;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "snapshots", description = "List the snapshots, oldest first.")
final class SnapshotsVerb extends RepositoryVerb {

    @Parameters(arity = "0..*", paramLabel = "SNAPSHOT", description = "Only these.")
    private List<String> names = List.of();

    @Option(names = "--latest", paramLabel = "N", description = "Only the newest N of each host and paths, or group.")
    private int latest = Integer.MAX_VALUE;

    @Option(
            names = {"-g", "--group-by"},
            paramLabel = "host,paths,tags",
            converter = GroupingConverter.class,
            description = "List those apart that differ in this; '' for one list.")
    private @Nullable Grouping grouping;

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    @Override
    protected void prepare() {
        if (latest < 1) {
            throw usage("--latest must be at least 1.");
        }
    }

    @Override
    protected int run(Vault vault) throws Exception {
        List<Snapshot> newestFirst = options.chooseAll(vault, names).stream()
                .sorted(Comparator.comparing(Snapshot::time).reversed())
                .toList();
        Map<Grouping.Group, List<Snapshot>> groups = new LinkedHashMap<>();
        (grouping == null ? Grouping.STANDARD : grouping).groups(newestFirst).forEach((group, members) -> {
            groups.put(
                    group, members.subList(0, Math.min(latest, members.size())).reversed());
        });
        List<Snapshot> all = groups.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Snapshot::time))
                .toList();
        if (output().isJson()) {
            output().json(grouping == null ? shown(all) : Group.of(groups));
            return ExitCodes.DONE;
        }
        if (grouping == null) {
            output().table(table(all));
        } else {
            groups.forEach((group, members) -> {
                output().line(Text.printable(group.toString()) + ":");
                output().table(table(members));
                output().line("");
            });
        }
        output().line(Text.counted(all.size(), "snapshot"));
        return ExitCodes.DONE;
    }

    private Table table(List<Snapshot> snapshots) {
        Table table = new Table("ID", "Time", "Host", "Tags", ">Files", ">Size", "Paths");
        for (Snapshot snapshot : snapshots) {
            table.row(
                    snapshot.id().shortForm(),
                    Text.time(snapshot.time(), surroundings().zone()),
                    snapshot.hostname(),
                    String.join(",", snapshot.tags()),
                    snapshot.summary()
                            .map(summary -> String.valueOf(summary.totalFilesProcessed()))
                            .orElse(""),
                    snapshot.summary()
                            .map(summary -> Text.size(summary.totalBytesProcessed()))
                            .orElse(""),
                    String.join(", ", snapshot.paths()));
        }
        return table;
    }

    private static List<ShownSnapshot> shown(List<Snapshot> snapshots) {
        return snapshots.stream().map(ShownSnapshot::of).toList();
    }

    /** A group with restic's names. */
    private record Group(Key groupKey, List<ShownSnapshot> snapshots) {

        private record Key(String hostname, List<String> paths, List<String> tags) {}

        static List<Group> of(Map<Grouping.Group, List<Snapshot>> groups) {
            return groups.entrySet().stream()
                    .map(each -> new Group(key(each.getKey()), shown(each.getValue())))
                    .toList();
        }

        private static Key key(Grouping.Group group) {
            return new Key(group.host(), group.paths(), group.tags());
        }
    }
}
