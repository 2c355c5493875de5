package io.holdfast.vault.prune;

import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.lock.HeldLock;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.rewrite.IndexRewrite;
import io.holdfast.vault.rewrite.Removal;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.TreeWalk;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One prune, under an exclusive lock: find what is needed, put the rest of half-used packs into new ones, write an index
 * without the old ones, and last delete what no index has named for long enough. Cut off anywhere, the repository is
 * valid, and the next prune goes on.
 */
public final class Prune {

    private final Repository repository;
    private final PruneSpec spec;
    private final Instant now;

    public Prune(Repository repository, PruneSpec spec, Instant now) {
        this.repository = repository;
        this.spec = spec;
        this.now = now;
    }

    /**
     * Prunes, or only plans it. Damage of anything that a snapshot needs ends it before anything is removed.
     */
    public PruneReport run(HeldLock lock) throws IOException {
        List<SnapshotId> snapshots = repository.snapshots().ids();
        BlobIndex index = repository.index().refresh();
        UsedBlobs used = used(snapshots, index);
        PackReading packs = new PackReading(repository.backend().uncached(), repository.key());
        Map<PackId, Long> listed = packs.list();
        PrunePlan plan = PrunePlanner.plan(spec, repository.config().compresses(), used.perPack(), listed);
        if (spec.dryRun()) {
            return new PruneReport(plan, 0, 0, 0, 0, List.of(), List.of());
        }
        Removal removal = new Removal(repository.backend(), lock);
        Set<PackId> going = new LinkedHashSet<>(plan.remove());
        going.addAll(plan.repack());
        going.addAll(plan.missing());
        used.stayWithout(going);
        new Repack(repository, used, lock).run(plan.repack());
        if (!going.isEmpty()) {
            new IndexRewrite(repository, removal, false).run(going, List.of());
        }
        PackDeletion deletion = new PackDeletion(repository, spec, now, removal);
        deletion.run(new HashSet<>(snapshots), listed, index, used);
        return deletion.report(plan);
    }

    private UsedBlobs used(List<SnapshotId> snapshots, BlobIndex index) throws IOException {
        UsedBlobs used = new UsedBlobs(index);
        Set<BlobId> roots = new LinkedHashSet<>();
        for (SnapshotId id : snapshots) {
            roots.add(repository.snapshots().load(id).tree());
        }
        TreeWalk.through(repository.trees(), roots, new TreeWalk.Visitor() {
            @Override
            public boolean enter(BlobId tree) throws DamagedException {
                return used.add(BlobKey.tree(tree));
            }

            @Override
            public void node(BlobId tree, Node node) throws DamagedException {
                for (BlobId chunk : node.content()) {
                    boolean _ = used.add(BlobKey.data(chunk));
                }
            }

            @Override
            public void damaged(BlobId tree, DamagedException damage) throws DamagedException {
                throw damage;
            }
        });
        return used;
    }
}
