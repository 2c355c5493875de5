package io.holdfast.vault.contents;

import io.holdfast.vault.crypto.SealingKey;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobSet;
import io.holdfast.vault.index.DigestSet;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.Digest;
import io.holdfast.vault.pack.PackedBlob;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.SnapshotPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what snapshots hold, exactly as restic does. */
public final class Stats {

    private static final SnapshotPath ROOT = new SnapshotPath(List.of());

    private final StatsMode mode;
    private final BlobIndex index;
    private final BlobSet blobs = new BlobSet();
    private final DigestSet contents = new DigestSet();
    private final DigestSet paths = new DigestSet();
    private final DigestSet references = new DigestSet();
    private long snapshots;
    private long files;
    private long blobCount;
    private long size;

    public Stats(StatsMode mode, BlobIndex index) {
        this.mode = mode;
        this.index = index;
    }

    public void add(SnapshotTree tree) throws IOException {
        snapshots++;
        switch (mode) {
            case RAW_DATA -> collect(tree);
            case RESTORE_SIZE -> tree.walk(ROOT, new RestoreSize());
            case FILES_BY_CONTENTS -> tree.walk(ROOT, each((_, node) -> contents(node)));
            case BLOBS_PER_FILE -> tree.walk(ROOT, each(this::chunks));
        }
    }

    public StatsTotals totals() throws DamagedException {
        return mode == StatsMode.RAW_DATA
                ? raw()
                : new StatsTotals(snapshots, files, blobCount, size, StatsTotals.Raw.NONE);
    }

    private interface Look {
        void at(SnapshotPath path, Node node) throws IOException;
    }

    private static SnapshotTree.Visitor each(Look look) {
        return new SnapshotTree.Visitor() {
            @Override
            public SnapshotTree.Visitor visit(SnapshotPath path, BlobId tree, Node node) throws IOException {
                look.at(path, node);
                return this;
            }
        };
    }

    private void collect(SnapshotTree tree) throws IOException {
        if (blobs.add(BlobKey.tree(tree.directory(ROOT)))) {
            tree.walk(ROOT, new SnapshotTree.Visitor() {
                @Override
                public SnapshotTree.@Nullable Visitor visit(SnapshotPath path, BlobId parent, Node node) {
                    node.content().forEach(chunk -> blobs.add(BlobKey.data(chunk)));
                    BlobId subtree = node.subtree();
                    return subtree != null && blobs.add(BlobKey.tree(subtree)) ? this : null;
                }
            });
        }
    }

    private StatsTotals raw() throws DamagedException {
        long stored = 0;
        long uncompressed = 0;
        long compressed = 0;
        long compressedBefore = 0;
        for (BlobKey key : blobs) {
            PackedBlob blob = index.require(key).blob();
            long before = (long) blob.contentLength() + SealingKey.OVERHEAD;
            stored += blob.length();
            uncompressed += before;
            compressed += blob.isCompressed() ? blob.length() : 0;
            compressedBefore += blob.isCompressed() ? before : 0;
        }
        return new StatsTotals(
                snapshots, 0, blobs.size(), stored, new StatsTotals.Raw(uncompressed, compressed, compressedBefore));
    }

    /** Of one snapshot. */
    private final class RestoreSize implements SnapshotTree.Visitor {

        private record Inode(long number, long device) {}

        private final Set<Inode> linked = new HashSet<>();

        @Override
        public SnapshotTree.Visitor visit(SnapshotPath path, BlobId tree, Node node) {
            files++;
            Inode inode = new Inode(node.metadata().inode(), node.metadata().deviceId());
            if (node.metadata().links() <= 1 || inode.number() == 0 || linked.add(inode)) {
                size += node.metadata().size();
            }
            return this;
        }
    }

    private void contents(Node node) {
        if (contents.add(digest(node.content()))) {
            files++;
            size += node.metadata().size();
        }
    }

    private void chunks(SnapshotPath path, Node node) throws DamagedException {
        if (!contents.add(digest(node.content())) || node.content().isEmpty()) {
            return;
        }
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (paths.add(Digest.ofContent(name))) {
            files++;
        }
        for (BlobId chunk : node.content()) {
            ByteBuffer reference = ByteBuffer.allocate(name.length + Digest.BYTES)
                    .put(chunk.digest().bytes())
                    .put(name);
            if (references.add(Digest.ofContent(reference.array()))) {
                blobCount++;
                size += index.require(BlobKey.data(chunk)).blob().contentLength();
            }
        }
    }

    private static Digest digest(List<BlobId> content) {
        MessageDigest sha = Digest.sha256();
        content.forEach(chunk -> sha.update(chunk.digest().bytes()));
        return Digest.of(sha.digest(), 0);
    }
}
