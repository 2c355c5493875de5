package io.holdfast.vault.contents;

import io.holdfast.vault.index.BlobReader;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.Metadata;
import io.holdfast.vault.tree.Name;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.SnapshotPath;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes directories of snapshots as one archive. */
public final class Archive implements Closeable {

    private final BlobReader blobs;
    private final ArchiveFormat format;
    private final ReadAhead ahead;

    /** @param out stays open */
    public Archive(BlobReader blobs, ArchiveType type, OutputStream out) {
        this.blobs = blobs;
        format = type.to(out);
        ahead = new ReadAhead(blobs);
    }

    /**
     * Adds a directory with everything below it.
     *
     * @param name what it is called in the archive; empty for the archive's top
     */
    public void add(SnapshotTree tree, SnapshotPath directory, String name) throws IOException {
        byte[] prefix = name.isEmpty() ? new byte[0] : (name + "/").getBytes(StandardCharsets.UTF_8);
        if (!directory.isRoot()) {
            tree.directory(directory);
            Metadata metadata = tree.find(directory).metadata();
            ahead.then(() -> format.directory(Name.of(name.isEmpty() ? "." : name), metadata));
        }
        tree.walk(directory, new Part(directory.parts().size(), prefix));
    }

    public void finish() throws IOException {
        ahead.finish();
        format.finish();
    }

    @Override
    public void close() {
        ahead.close();
    }

    /** One directory of one snapshot; hard links hold within it. */
    private final class Part implements SnapshotTree.Visitor {

        private record Inode(long number, long device) {}

        /** A file of several names. */
        private record Linked(Name first, long namesToCome) {}

        private final int depth;
        private final byte[] prefix;
        private final Map<Inode, Linked> linked = new HashMap<>();

        Part(int depth, byte[] prefix) {
            this.depth = depth;
            this.prefix = prefix;
        }

        @Override
        public SnapshotTree.Visitor visit(SnapshotPath path, BlobId tree, Node node) throws IOException {
            Name name = name(path.parts());
            switch (node.type()) {
                case DIR -> ahead.then(() -> format.directory(name, node.metadata()));
                case FILE -> file(name, node);
                case SYMLINK, FIFO, DEVICE, CHARDEV -> ahead.then(() -> format.special(name, node));
                case SOCKET, IRREGULAR -> {}
            }
            return this;
        }

        private Name name(List<Name> parts) {
            ByteArrayOutputStream name = new ByteArrayOutputStream();
            name.writeBytes(prefix);
            for (int i = depth; i < parts.size(); i++) {
                if (i > depth) {
                    name.write('/');
                }
                name.writeBytes(parts.get(i).raw());
            }
            return Name.of(name.toByteArray());
        }

        private void file(Name name, Node node) throws IOException {
            Metadata metadata = node.metadata();
            if (metadata.links() > 1 && metadata.inode() != 0 && format.hasLinks()) {
                Inode inode = new Inode(metadata.inode(), metadata.deviceId());
                Linked before = linked.get(inode);
                Name first = before == null ? name : before.first();
                long toCome = (before == null ? metadata.links() : before.namesToCome()) - 1;
                if (toCome > 0) {
                    linked.put(inode, new Linked(first, toCome));
                } else {
                    linked.remove(inode);
                }
                if (before != null) {
                    ahead.then(() -> format.link(name, metadata, first));
                    return;
                }
            }
            long size = size(node.content());
            ahead.then(() -> format.file(name, metadata, size));
            for (BlobId chunk : node.content()) {
                ahead.read(chunk, format::content);
            }
            ahead.then(format::endFile);
        }

        /** What the chunks come to, which is what will be written. */
        private long size(List<BlobId> content) throws DamagedException {
            long size = 0;
            for (BlobId chunk : content) {
                size += blobs.index().require(BlobKey.data(chunk)).blob().contentLength();
            }
            return size;
        }
    }
}
