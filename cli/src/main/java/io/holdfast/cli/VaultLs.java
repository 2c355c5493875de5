package io.holdfast.cli;

import io.holdfast.vault.SnapshotReference;
import io.holdfast.vault.Vault;
import io.holdfast.vault.contents.Entry;
import io.holdfast.vault.snapshot.Snapshot;
import io.holdfast.vault.tree.NodeType;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
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
            output().json(Shown.of(entry));
        } else {
            output().line(Text.printable(detailed ? detail(entry) : entry.path()));
        }
    }

    private String detail(Entry entry) {
        return "%s %5d %5d %10s %s %s%s"
                .formatted(
                        mode(entry),
                        entry.metadata().uid(),
                        entry.metadata().gid(),
                        entry.type() == NodeType.FILE
                                ? Text.size(entry.metadata().size())
                                : "",
                        Text.time(entry.metadata().mtime(), surroundings().zone()),
                        entry.path(),
                        entry.linkTarget().map(target -> " -> " + target).orElse(""));
    }

    private static String mode(Entry entry) {
        char type = switch (entry.type()) {
            case FILE -> '-';
            case DIR -> 'd';
            case SYMLINK -> 'l';
            case DEVICE -> 'b';
            case CHARDEV -> 'c';
            case FIFO -> 'p';
            case SOCKET -> 's';
            case IRREGULAR -> '?';
        };
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((entry.metadata().permissions() & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return type + PosixFilePermissions.toString(permissions);
    }

    private record Head(String structType, VaultSnapshots.Shown snapshot) {}

    /** An entry with restic's names. */
    private record Shown(
            String structType,
            String name,
            String type,
            String path,
            long uid,
            long gid,
            String user,
            String group,
            @Nullable Long size,
            String permissions,
            Instant mtime,
            @Nullable String linktarget) {

        static Shown of(Entry entry) {
            return new Shown(
                    "node",
                    entry.path().substring(entry.path().lastIndexOf('/') + 1),
                    entry.type().word(),
                    entry.path(),
                    entry.metadata().uid(),
                    entry.metadata().gid(),
                    entry.metadata().user(),
                    entry.metadata().group(),
                    entry.type() == NodeType.FILE ? entry.metadata().size() : null,
                    mode(entry),
                    entry.metadata().mtime(),
                    entry.target());
        }
    }
}
