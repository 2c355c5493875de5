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
 * A directory of a snapshot as an uncompressed POSIX tar. Names are relative to the directory, which itself comes first
 * as {@code ./}. Sockets are left out. Names must be UTF-8: another one is refused, since readers would garble it.
 */
final class TarWriter {

    private static final int DEEPEST = 2000;

    private final Browse browse;
    private final Map<String, String> firstNames = new HashMap<>();

    TarWriter(Browse browse) {
        this.browse = browse;
    }

    void write(SnapshotPath path, OutputStream target) throws IOException {
        List<Node> nodes = browse.nodes(path);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(target, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        if (!path.isRoot()) {
            put(tar, entry("./", TarConstants.LF_DIR, browse.find(path).metadata()), null);
        }
        directory(tar, nodes, "", 0);
        tar.finish();
        tar.flush();
    }

    private void directory(TarArchiveOutputStream tar, List<Node> nodes, String prefix, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new DamagedException("%s lies too deep: more than %d directories".formatted(prefix, DEEPEST));
        }
        for (Node node : nodes) {
            String name = prefix + text(node.name(), prefix);
            Metadata metadata = node.metadata();
            switch (node.type()) {
                case DIR -> {
                    put(tar, entry(name + "/", TarConstants.LF_DIR, metadata), null);
                    directory(tar, browse.children(node), name + "/", depth + 1);
                }
                case FILE -> file(tar, node, name);
                case SYMLINK -> symlink(tar, node, name);
                case FIFO -> put(tar, entry(name, TarConstants.LF_FIFO, metadata), null);
                case CHARDEV -> put(tar, device(name, TarConstants.LF_CHR, metadata), null);
                case DEVICE -> put(tar, device(name, TarConstants.LF_BLK, metadata), null);
                case SOCKET, IRREGULAR -> {}
            }
        }
    }

    private void file(TarArchiveOutputStream tar, Node node, String name) throws IOException {
        Metadata metadata = node.metadata();
        if (metadata.links() > 1 && metadata.inode() != 0) {
            String first = firstNames.putIfAbsent(metadata.inode() + ":" + metadata.deviceId(), name);
            if (first != null) {
                TarArchiveEntry link = entry(name, TarConstants.LF_LINK, metadata);
                link.setLinkName(first);
                put(tar, link, null);
                return;
            }
        }
        TarArchiveEntry file = entry(name, TarConstants.LF_NORMAL, metadata);
        file.setSize(metadata.size());
        put(tar, file, node);
    }

    private void symlink(TarArchiveOutputStream tar, Node node, String name) throws IOException {
        TarArchiveEntry link = entry(name, TarConstants.LF_SYMLINK, node.metadata());
        Name target = node.linkTarget();
        link.setLinkName(target == null ? "" : text(target, name + " -> "));
        put(tar, link, null);
    }

    private void put(TarArchiveOutputStream tar, TarArchiveEntry entry, @Nullable Node content) throws IOException {
        tar.putArchiveEntry(entry);
        if (content != null) {
            browse.content(content, tar);
        }
        tar.closeArchiveEntry();
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
