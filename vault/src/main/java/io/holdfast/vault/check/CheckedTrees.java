package io.holdfast.vault.check;

import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.feedback.Watch;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobMarks;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.TreeWalk;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Checks that everything a tree names is there, and that files are as long as their content. */
final class CheckedTrees implements TreeWalk.Visitor {

    private static final int SEEN = 1;

    private final BlobIndex index;
    private final BlobMarks marks;
    private final CheckFindings findings;
    private final Watch watch;
    private final Set<BlobKey> missing = ConcurrentHashMap.newKeySet();
    private final AtomicLong trees = new AtomicLong();

    CheckedTrees(BlobIndex index, CheckFindings findings, Watch watch) {
        this.index = index;
        this.findings = findings;
        this.watch = watch;
        marks = new BlobMarks(index);
    }

    @Override
    public boolean enter(BlobId tree) {
        BlobKey key = BlobKey.tree(tree);
        if (!index.contains(key)) {
            miss(key);
            return false;
        }
        boolean isNew = marks.set(key, SEEN) != SEEN;
        if (isNew) {
            watch.at("trees", trees.incrementAndGet(), 0);
        }
        return isNew;
    }

    @Override
    public void node(BlobId tree, Node node) {
        if (!node.isFile()) {
            return;
        }
        long length = 0;
        boolean isWhole = true;
        for (BlobId chunk : node.content()) {
            Optional<BlobIndex.Location> at = index.find(BlobKey.data(chunk));
            if (at.isPresent()) {
                length += at.get().blob().contentLength();
            } else {
                miss(BlobKey.data(chunk));
                isWhole = false;
            }
        }
        if (isWhole && length != node.metadata().size()) {
            findings.problem(
                    "tree " + tree,
                    "file '%s' has %d bytes of content and not %d as it says"
                            .formatted(node.name(), length, node.metadata().size()));
        }
    }

    @Override
    public void damaged(BlobId tree, DamagedException damage) {
        findings.problem("tree " + tree, Problem.reason(damage));
    }

    private void miss(BlobKey blob) {
        if (missing.add(blob)) {
            findings.problem(blob.type().word() + " blob " + blob.id(), "is needed by a snapshot and in no index file");
        }
    }
}
