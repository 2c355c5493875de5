package io.holdfast.cli;

import io.holdfast.vault.SnapshotReference;
import io.holdfast.vault.Vault;
import io.holdfast.vault.contents.Entry;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.NodeType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "ls", description = "List the files of a snapshot.")
final class VaultLs extends VaultVerb {

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "'latest', or an id or how it begins.")
    @SuppressWarnings("NullAway.Init")
    private String snapshot;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "PATH",
            description = "Only this, and what lies directly in it. Default: everything.")
    private @Nullable String path;

    @Option(names = "--recursive", description = "Also what lies further down in PATH.")
    private boolean recursive;

    @Option(
            names = {"-l", "--long"},
            description = "Also mode, owner, size and time.")
    private boolean detailed;

    @Mixin
    private final SnapshotOptions options = new SnapshotOptions();

    @Override
    int run(Vault vault) throws Exception {
        SnapshotReference choice = SnapshotReference.parse(snapshot);
        choice = path == null ? choice : choice.at(path);
        Snapshot chosen = options.choose(vault, choice);
        Optional<Entry> top = vault.contents().entry(chosen.id(), choice.path());
        if (output().isJson()) {
            output().json(new Head("snapshot", VaultSnapshots.Shown.of(chosen)));
        }
        if (recursive || top.isEmpty()) {
            vault.contents().list(chosen.id(), choice.path(), this::show);
        } else {
            show(top.get());
            if (top.get().type() == NodeType.DIR) {
                vault.contents().children(chosen.id(), choice.path(), this::show);
            }
        }
        return ExitCodes.DONE;
    }

    private void show(Entry entry) {
        if (output().isJson()) {
            output().json(Listed.of(entry, "node"));
        } else {
            output().line(Text.printable(
                    detailed ? Listed.detail(entry, surroundings().zone()) : entry.path()));
        }
    }

    private record Head(String structType, VaultSnapshots.Shown snapshot) {}
}
