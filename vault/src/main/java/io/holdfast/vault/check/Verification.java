package io.holdfast.vault.check;

import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobMarks;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackReading;
import io.holdfast.vault.repository.Memory;
import io.holdfast.vault.repository.Parallel;
import io.holdfast.vault.repository.Repository;
import io.holdfast.vault.tree.Node;
import io.holdfast.vault.tree.TreeWalk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Reads everything one snapshot needs back from where it lies, several packs at once. */
public final class Verification {

    private static final int MEMORY_IN_MIB = 96;
    private static final int NEEDED = 1;

    private final Repository repository;
    private final BlobIndex index;
    private final BlobMarks marks;
    private final Set<PackId> packs = ConcurrentHashMap.newKeySet();
    private final Set<BlobKey> missing = ConcurrentHashMap.newKeySet();
    private final Queue<Problem> problems = new ConcurrentLinkedQueue<>();
    private final LongAdder bytes = new LongAdder();

    /** @param repository with its index read */
    public Verification(Repository repository) {
        this.repository = repository;
        index = repository.index().current();
        marks = new BlobMarks(index);
    }

    public Verified run(SnapshotId id) throws IOException {
        BlobId root = repository.snapshots().load(id).tree();
        TreeWalk.through(repository.trees(), List.of(root), new TreeWalk.Visitor() {
            @Override
            public boolean enter(BlobId tree) {
                return need(BlobKey.tree(tree));
            }

            @Override
            public void node(BlobId tree, Node node) {
                node.content().forEach(chunk -> need(BlobKey.data(chunk)));
            }

            @Override
            public void damaged(BlobId tree, DamagedException damage) {
                problems.add(new Problem("tree", Problem.reason(damage)));
            }
        });
        PackReading reading = new PackReading(repository.backend(), repository.key());
        Memory memory = new Memory(MEMORY_IN_MIB);
        Parallel.FEW.forEach(packs.stream().sorted().toList(), named -> {
            Pack pack = index.pack(named);
            if (pack != null) {
                memory.during(pack.size(), () -> read(reading, pack));
            }
        });
        return new Verified(id, marks.count(NEEDED), packs.size(), bytes.sum(), List.copyOf(problems));
    }

    /** Whether it was not met before. */
    private boolean need(BlobKey blob) {
        Optional<BlobIndex.Location> at = index.find(blob);
        if (at.isEmpty()) {
            if (missing.add(blob)) {
                problems.add(new Problem(blob.id().toString(), "is in no index"));
            }
            return false;
        }
        packs.add(at.get().pack());
        return marks.set(blob, NEEDED) == 0;
    }

    private void read(PackReading reading, Pack pack) throws IOException {
        try {
            bytes.add(reading.verify(pack, blob -> marks.get(blob) == NEEDED));
        } catch (DamagedException e) {
            problems.add(new Problem(pack.handle().toString(), Problem.reason(e)));
        }
    }
}
