package io.holdfast.vault.copy;

import io.holdfast.vault.crypto.Compression;
import io.holdfast.vault.feedback.Watch;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobMarks;
import io.holdfast.vault.index.BlobWriter;
import io.holdfast.vault.lock.Standing;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.rewrite.ChosenBlobs;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.TreeWalk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Brings what trees need from one repository into another. What is needed is a mark in the source's index, a byte a blob;
 * packs are read a batch at a time, and what is written of a batch is durable before the next begins.
 */
final class CopiedBlobs {

    /** About 4 GiB of data, or a hundred thousand small files. */
    private static final int PACKS_PER_BATCH = 256;

    private static final int LACKING = 1;
    private static final int THERE = 2;

    private final Repository source;
    private final Repository target;
    private final Standing standing;
    private final Compression.Level compression;
    private final Watch watch;
    private final LongAdder written = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder ahead = new LongAdder();
    private Optional<BlobMarks> marks = Optional.empty();

    CopiedBlobs(Repository source, Repository target, Standing standing, Compression.Level compression, Watch watch) {
        this.source = source;
        this.target = target;
        this.standing = standing;
        this.compression = compression;
        this.watch = watch;
    }

    long written() {
        return written.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    /**
     * Makes the target hold everything below a tree. What an earlier tree needed too is not looked at again.
     *
     * @return why some of it could not be brought; nothing when the target now holds all of it
     */
    Set<String> bring(BlobId tree) throws IOException {
        BlobMarks known = marks.orElseGet(() -> new BlobMarks(source.index().current()));
        marks = Optional.of(known);
        Set<String> damage = ConcurrentHashMap.newKeySet();
        List<PackId> packs = lacking(tree, known, damage).stream().sorted().toList();
        for (int from = 0; from < packs.size() && damage.isEmpty(); from += PACKS_PER_BATCH) {
            move(packs.subList(from, Math.min(packs.size(), from + PACKS_PER_BATCH)), known, damage);
        }
        if (!damage.isEmpty()) {
            // Every other snapshot that needs what is damaged is to find that out by itself.
            marks = Optional.empty();
        }
        return damage;
    }

    /** The packs that hold what the target lacks. */
    private Set<PackId> lacking(BlobId root, BlobMarks known, Set<String> damage) throws IOException {
        BlobIndex index = source.index().current();
        Set<PackId> packs = ConcurrentHashMap.newKeySet();
        TreeWalk.through(source.trees(), List.of(root), new TreeWalk.Visitor() {
            @Override
            public boolean enter(BlobId tree) {
                return need(BlobKey.tree(tree));
            }

            @Override
            public void node(BlobId tree, Node node) {
                node.content().forEach(chunk -> need(BlobKey.data(chunk)));
            }

            @Override
            public void damaged(BlobId tree, DamagedException e) {
                damage.add(String.valueOf(e.getMessage()));
            }

            // Whether it was not met before.
            private boolean need(BlobKey blob) {
                Optional<BlobIndex.Location> at = index.find(blob);
                if (at.isEmpty()) {
                    damage.add("%s is in no index file".formatted(blob));
                    return false;
                }
                if (known.get(blob) != 0) {
                    return false;
                }
                boolean there = target.index().current().contains(blob);
                boolean isNew = known.set(blob, there ? THERE : LACKING) == 0;
                if (isNew && !there) {
                    packs.add(at.get().pack());
                    ahead.add(at.get().blob().contentLength());
                }
                return isNew;
            }
        });
        return packs;
    }

    private void move(List<PackId> packs, BlobMarks known, Set<String> damage) throws IOException {
        try (BlobWriter writer = target.provingWriter(compression, standing::verify)) {
            ChosenBlobs.of(source, blob -> known.get(blob) == LACKING).read(packs, new ChosenBlobs.Sink() {
                @Override
                public void blob(BlobKey blob, byte[] content) throws IOException {
                    standing.verify();
                    writer.write(blob, content);
                    known.set(blob, THERE);
                    written.increment();
                    bytes.add(content.length);
                    watch.at("bytes of content", bytes.sum(), ahead.sum());
                }

                @Override
                public void damaged(BlobKey blob, DamagedException e) {
                    damage.add(String.valueOf(e.getMessage()));
                }
            });
            writer.flush();
        }
    }
}
