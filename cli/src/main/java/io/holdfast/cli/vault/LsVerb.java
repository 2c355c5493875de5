package io.holdfast.cli.vault;

import io.holdfast.cli.repository.RepositoryVerb;
import io.holdfast.cli.repository.ShownSnapshot;
import io.holdfast.cli.repository.SnapshotOptions;
import io.holdfast.cli.terminal.ExitCodes;
import io.holdfast.cli.terminal.Text;
import io.holdfast.vault.Contents;
import io.holdfast.vault.SnapshotReference;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultException;
import io.holdfast.vault.contents.Entry;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.NodeType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "ls", description = "List the files of a snapshot.")
final class LsVerb extends RepositoryVerb {

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "'latest', or an id or how it begins.")
    @SuppressWarnings("NullAway.Init")
    private String snapshot;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PATH",
            description = "Only these, and what lies directly in them. Default: everything.")
    private List<String> paths = List.of();

    @Option(names = "--recursive", description = "Also what lies further down in PATH.")
    private boolean recursive;

    @Option(
            names = {"-l", "--long"},
            description = "Also mode, owner, size and time.")
    private boolean detailed;

    @Option(
            names = {"-s", "--sort"},
            paramLabel = "ORDER",
            converter = EntryOrder.Converter.class,
            description = "By name, size, time (modified), atime, ctime or extension; largest and newest first.")
    private @Nullable EntryOrder order;

    @Option(names = "--reverse", description = "The other way round.")
    private boolean reverse;

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    private final List<Entry> sorted = new ArrayList<>();
    private final Set<String> shown = new HashSet<>();

    @Override
    protected int run(Vault vault) throws Exception {
        SnapshotReference reference = SnapshotReference.parse(snapshot);
        Snapshot chosen = options.choose(vault, reference);
        if (output().isJson()) {
            output().json(new Head("snapshot", ShownSnapshot.of(chosen)));
        }
        for (String path : paths.isEmpty() ? List.of("/") : paths) {
            list(vault.contents(), chosen.id(), reference.below(path).path());
        }
        if (isSorted()) {
            sorted.sort((order == null ? EntryOrder.NAME : order).comparator(reverse));
            sorted.forEach(this::show);
        }
        return ExitCodes.DONE;
    }

    private void list(Contents contents, SnapshotId id, String path) throws VaultException {
        Optional<Entry> top = contents.entry(id, path);
        if (recursive || top.isEmpty()) {
            contents.list(id, path, this::take);
        } else {
            take(top.get());
            if (top.get().type() == NodeType.DIR) {
                contents.children(id, path, this::take);
            }
        }
    }

    private boolean isSorted() {
        return order != null || reverse;
    }

    /** Of several paths one may lie in another. */
    private void take(Entry entry) {
        if (paths.size() > 1 && !shown.add(entry.path())) {
            return;
        }
        if (isSorted()) {
            sorted.add(entry);
        } else {
            show(entry);
        }
    }

    private void show(Entry entry) {
        if (output().isJson()) {
            output().json(Listed.of(entry, "node"));
        } else {
            output().line(Text.printable(
                    detailed ? Listed.detail(entry, surroundings().zone()) : entry.path()));
        }
    }

    private record Head(String structType, ShownSnapshot snapshot) {}
}
