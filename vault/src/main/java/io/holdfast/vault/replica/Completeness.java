package io.holdfast.vault.replica;

import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.tree.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether trees have everything they need at a place, and in which packs it lies. */
final class Completeness {

    private static final int DEEPEST = 2_000;
    private static final String NOTHING = "";

    private final TreeWalk trees;
    private final BlobIndex index;
    private final Map<PackId, String> unsound;
    private final Map<BlobId, String> known = new HashMap<>();
    private final Set<PackId> needed = new HashSet<>();

    /** @param unsound packs of the index that are not there as they should be, and how */
    Completeness(TreeWalk trees, BlobIndex index, Map<PackId, String> unsound) {
        this.trees = trees;
        this.index = index;
        this.unsound = unsound;
    }

    /** Something that a tree, or a tree below it, lacks; nothing when it is complete. */
    Optional<String> lack(BlobId root) throws BackendException {
        return Optional.of(lack(root, 0)).filter(lack -> !lack.equals(NOTHING));
    }

    /** The packs that hold what the trees asked about so far need. */
    Set<PackId> needed() {
        return needed;
    }

    private String lack(BlobId tree, int depth) throws BackendException {
        String before = known.get(tree);
        if (before != null) {
            return before;
        }
        String lack = depth > DEEPEST
                ? "tree %s is nested too deeply".formatted(tree.shortForm())
                : first(find(BlobKey.tree(tree)), below(tree, depth));
        known.put(tree, lack);
        return lack;
    }

    private String below(BlobId tree, int depth) throws BackendException {
        String lack = NOTHING;
        try {
            for (Node node : trees.read(tree)) {
                BlobId subtree = node.subtree();
                if (subtree != null) {
                    lack = first(lack, lack(subtree, depth + 1));
                }
                for (BlobId chunk : node.content()) {
                    lack = first(lack, find(BlobKey.data(chunk)));
                }
            }
        } catch (DamagedException e) {
            lack = first(lack, String.valueOf(e.getMessage()));
        }
        return lack;
    }

    /** Notes a sound pack that holds the blob, or says why there is none. */
    private String find(BlobKey blob) {
        String lack = "%s is in no index file".formatted(blob);
        for (BlobIndex.Location copy : index.copies(blob)) {
            String how = unsound.get(copy.pack());
            if (how == null) {
                needed.add(copy.pack());
                return NOTHING;
            }
            lack = "%s: pack %s %s".formatted(blob, copy.pack().shortForm(), how);
        }
        return lack;
    }

    private static String first(String lack, String other) {
        return lack.equals(NOTHING) ? other : lack;
    }
}
