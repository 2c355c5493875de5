package io.holdfast.vault;

import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.SnapshotPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Directories of snapshots as one uncompressed POSIX tar. Names are relative to the directory, which itself comes first.
 * Sockets are left out. Names must be UTF-8: another one is refused, since readers would garble it.
 */
final class TarWriter {

    private static final int DEEPEST = 2000;

    private final TarArchiveOutputStream tar;

    TarWriter(OutputStream target) {
        tar = new TarArchiveOutputStream(target, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /** Adds a directory; {@code prefix} is what its names begin with, empty or ending in a slash. */
    void add(Browse browse, SnapshotPath path, String prefix) throws IOException {
        new Part(browse).write(path, prefix);
    }

    void finish() throws IOException {
        tar.finish();
        tar.flush();
    }

    /** One directory of one snapshot; hard links hold within it. */
    private final class Part {

        private final Browse browse;
        private final Map<String, String> firstNames = new HashMap<>();

        Part(Browse browse) {
            this.browse = browse;
        }

        void write(SnapshotPath path, String prefix) throws IOException {
            List<Node> nodes = browse.nodes(path);
            if (!path.isRoot()) {
                String name = prefix.isEmpty() ? "./" : prefix;
                put(entry(name, TarConstants.LF_DIR, browse.find(path).metadata()), null);
            }
            directory(nodes, prefix, 0);
        }

        private void directory(List<Node> nodes, String prefix, int depth) throws IOException {
            if (depth > DEEPEST) {
                throw new DamagedException("%s lies too deep: more than %d directories".formatted(prefix, DEEPEST));
            }
            for (Node node : nodes) {
                String name = prefix + text(node.name(), prefix);
                Metadata metadata = node.metadata();
                switch (node.type()) {
                    case DIR -> {
                        put(entry(name + "/", TarConstants.LF_DIR, metadata), null);
                        directory(browse.children(node), name + "/", depth + 1);
                    }
                    case FILE -> file(node, name);
                    case SYMLINK -> symlink(node, name);
                    case FIFO -> put(entry(name, TarConstants.LF_FIFO, metadata), null);
                    case CHARDEV -> put(device(name, TarConstants.LF_CHR, metadata), null);
                    case DEVICE -> put(device(name, TarConstants.LF_BLK, metadata), null);
                    case SOCKET, IRREGULAR -> {}
                }
            }
        }

        private void file(Node node, String name) throws IOException {
            Metadata metadata = node.metadata();
            if (metadata.links() > 1 && metadata.inode() != 0) {
                String first = firstNames.putIfAbsent(metadata.inode() + ":" + metadata.deviceId(), name);
                if (first != null) {
                    TarArchiveEntry link = entry(name, TarConstants.LF_LINK, metadata);
                    link.setLinkName(first);
                    put(link, null);
                    return;
                }
            }
            TarArchiveEntry file = entry(name, TarConstants.LF_NORMAL, metadata);
            file.setSize(metadata.size());
            put(file, node);
        }

        private void symlink(Node node, String name) throws IOException {
            TarArchiveEntry link = entry(name, TarConstants.LF_SYMLINK, node.metadata());
            Name target = node.linkTarget();
            link.setLinkName(target == null ? "" : text(target, name + " -> "));
            put(link, null);
        }

        private void put(TarArchiveEntry entry, @Nullable Node content) throws IOException {
            tar.putArchiveEntry(entry);
            if (content != null) {
                browse.content(content, tar);
            }
            tar.closeArchiveEntry();
        }
    }

    private static TarArchiveEntry entry(String name, byte kind, Metadata metadata) {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setMode(metadata.permissions());
        entry.setUserId(metadata.uid());
        entry.setGroupId(metadata.gid());
        entry.setUserName(metadata.user());
        entry.setGroupName(metadata.group());
        entry.setLastModifiedTime(FileTime.from(metadata.mtime()));
        return entry;
    }

    /** Device numbers as Linux packs them. */
    private static TarArchiveEntry device(String name, byte kind, Metadata metadata) {
        long device = metadata.device();
        TarArchiveEntry entry = entry(name, kind, metadata);
        entry.setDevMajor((int) (((device >>> 8) & 0xfff) | ((device >>> 32) & 0xfffff000L)));
        entry.setDevMinor((int) ((device & 0xff) | ((device >>> 12) & 0xffffff00L)));
        return entry;
    }

    private static String text(Name name, String where) throws VaultException {
        if (!name.isText() || !(name.isSafe() || where.endsWith(" -> "))) {
            throw new VaultException(
                    VaultException.Code.REFUSED,
                    "Cannot write a tar: the name '%s%s' is not UTF-8, and a tar would garble it. Nothing was changed. Restore the directory instead; restore keeps such names."
                            .formatted(where, name));
        }
        return name.toString();
    }
}
