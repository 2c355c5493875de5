package io.holdfast.vault.restore;

import io.holdfast.vault.files.Inode;
import io.holdfast.vault.files.TargetDirectory;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.NodeType;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes what has no content of its own: links, fifos, devices, further names of a file. */
final class RestoreEntry {

    private interface Make {
        void in(TargetDirectory directory, Name temporary) throws IOException;
    }

    private final RestoreTarget target;

    RestoreEntry(RestoreTarget target) {
        this.target = target;
    }

    /** @param now what has the name in the target; null when nothing has */
    void symlink(RestoreLevel level, Node node, @Nullable Metadata now) throws IOException {
        Name wanted = node.linkTarget();
        if (wanted == null) {
            throw new DamagedException("link '%s' has no target".formatted(node.name()));
        }
        boolean same = now != null
                && now.type() == NodeType.SYMLINK
                && target.tree()
                        .at(level.place(), directory -> directory.link(node.name()))
                        .equals(wanted);
        put(level, node, now, same, (directory, temporary) -> directory.makeLink(temporary, wanted));
    }

    /** A fifo or a device. */
    void special(RestoreLevel level, Node node, @Nullable Metadata now) throws IOException {
        put(
                level,
                node,
                now,
                isDevice(node, now),
                (directory, temporary) -> directory.makeSpecial(
                        temporary, node.type(), node.metadata().device()));
    }

    /** Whether what is there is that fifo or device, whatever its attributes. */
    static boolean isDevice(Node node, @Nullable Metadata now) {
        return now != null
                && now.type() == node.type()
                && now.device() == node.metadata().device();
    }

    private void put(RestoreLevel level, Node node, @Nullable Metadata now, boolean same, Make make)
            throws IOException {
        Path path = level.place().shown(node.name());
        if (same && now != null && target.attributes().areSet(now, node.metadata(), path)) {
            target.findings().unchanged(level.place(), node.name());
            return;
        }
        if (target.isDryRun()) {
            target.attributes().foretell(null, node.metadata(), path);
        } else {
            replace(level, node.name(), now, (directory, temporary) -> {
                make.in(directory, temporary);
                try (Inode made = directory.hold(temporary)) {
                    target.attributes().apply(made, node.metadata(), path);
                }
            });
        }
        target.findings().written(level.place(), node.name());
    }

    /** Gives a file that has been restored a further name. */
    void hardLink(RestoreLevel level, Name name, LinkSource source, @Nullable Metadata now) throws IOException {
        if (!source.isWhole()) {
            target.findings()
                    .problem(
                            level.place().shown(name),
                            "is another name of %s, which could not be restored"
                                    .formatted(source.place().shown(source.name())));
            return;
        }
        if (now != null && !source.isNew() && isSame(now, source)) {
            target.findings().unchanged(level.place(), name);
            return;
        }
        if (!target.isDryRun()) {
            replace(
                    level,
                    name,
                    now,
                    (directory, temporary) -> target.tree()
                            .in(source.place(), from -> from.makeHardLink(source.name(), directory, temporary)));
        }
        target.findings().written(level.place(), name);
    }

    private boolean isSame(Metadata now, LinkSource source) throws IOException {
        Metadata first = target.tree().at(source.place(), directory -> directory.stat(source.name()));
        return now.inode() == first.inode() && now.deviceId() == first.deviceId();
    }

    private void replace(RestoreLevel level, Name name, @Nullable Metadata now, Make make) throws IOException {
        if (now != null && now.type() == NodeType.DIR) {
            level.makeWay(name);
        }
        level.changed();
        Name temporary = Temporary.name();
        target.tree().in(level.place(), directory -> {
            try {
                make.in(directory, temporary);
                directory.rename(temporary, name);
            } catch (IOException e) {
                remove(directory, temporary);
                throw e;
            }
        });
    }

    private static void remove(TargetDirectory directory, Name temporary) {
        try {
            directory.remove(temporary);
        } catch (IOException _) {
            // It was not made; or the next restore takes it away.
        }
    }
}
