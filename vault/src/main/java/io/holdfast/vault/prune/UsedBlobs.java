package io.holdfast.vault.prune;

import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.index.BlobMarks;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.DamagedException;
import io.holdfast.vault.model.PackId;
import io.holdfast.vault.pack.Pack;
import io.holdfast.vault.pack.PackedBlob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Which blobs snapshots need, and which copy of each is to serve. Blobs are added by any thread, the rest by one. */
final class UsedBlobs {

    private static final int USED = 1;
    private static final int ONE_COPY = 2;
    private static final int SEVERAL_COPIES = 3;
    private static final int COPY_CHOSEN = 4;
    private static final int STAYS = 5;

    private final BlobIndex index;
    private final BlobMarks marks;

    UsedBlobs(BlobIndex index) {
        this.index = index;
        marks = new BlobMarks(index);
    }

    /** Notes that a blob is needed; gives whether that is new. */
    boolean add(BlobKey blob) throws DamagedException {
        if (!index.contains(blob)) {
            throw new DamagedException(
                    "%s is needed by a snapshot and in no index file, so nothing may be removed; repair the index first"
                            .formatted(blob));
        }
        return marks.set(blob, USED) == 0;
    }

    boolean contains(BlobKey blob) {
        return marks.get(blob) != 0;
    }

    /** How much of each pack is needed, once all blobs have been added. */
    List<PackUse> perPack() {
        countCopies();
        List<PackUse> uses = new ArrayList<>();
        for (Pack pack : index.packs()) {
            uses.add(PackUse.of(pack, this::isOnlyCopy, this::isOneOfSeveral));
        }
        return chooseCopies(uses);
    }

    private void countCopies() {
        for (Pack pack : index.packs()) {
            for (PackedBlob blob : pack.blobs()) {
                int mark = marks.get(blob.key());
                if (mark == USED || mark == ONE_COPY) {
                    marks.set(blob.key(), mark + 1);
                }
            }
        }
    }

    /**
     * Chooses the copy in a pack that is needed anyway, or else in the pack with the least that is not needed: then packs
     * that an earlier prune made are kept, and those they were made from can go.
     */
    private List<PackUse> chooseCopies(List<PackUse> uses) {
        List<PackUse> chosen = new ArrayList<>(uses);
        chosen.sort(Comparator.comparing((PackUse use) -> !use.isNeeded())
                .thenComparingDouble(use -> (double) (use.unusedBytes() - use.duplicateBytes()) / use.size())
                .thenComparing(PackUse::id));
        chosen.replaceAll(use -> use.duplicateBlobs() == 0 ? use : choose(use));
        return chosen;
    }

    private PackUse choose(PackUse use) {
        Pack pack = index.pack(use.id());
        if (pack == null) {
            throw new IllegalStateException("the index has lost pack " + use.id());
        }
        return PackUse.of(
                pack,
                blob -> isOnlyCopy(blob)
                        || (isOneOfSeveral(blob) && marks.set(blob.key(), COPY_CHOSEN) == SEVERAL_COPIES),
                blob -> marks.get(blob.key()) == COPY_CHOSEN);
    }

    private boolean isOnlyCopy(PackedBlob blob) {
        return marks.get(blob.key()) == ONE_COPY;
    }

    private boolean isOneOfSeveral(PackedBlob blob) {
        return marks.get(blob.key()) == SEVERAL_COPIES;
    }

    /** Notes what stays where it is when these packs go. */
    void stayWithout(Set<PackId> going) {
        for (Pack pack : index.packs()) {
            if (!going.contains(pack.id())) {
                pack.blobs().forEach(blob -> stays(blob.key()));
            }
        }
    }

    /** Notes that a blob has a place that stays. */
    void stays(BlobKey blob) {
        if (marks.get(blob) != 0) {
            marks.set(blob, STAYS);
        }
    }

    /** Whether a blob is needed and has no place yet that stays. */
    boolean isHomeless(BlobKey blob) {
        int mark = marks.get(blob);
        return mark != 0 && mark != STAYS;
    }

    /** How many needed blobs have no place that stays. */
    long homeless() {
        return marks.count(USED) + marks.count(ONE_COPY) + marks.count(SEVERAL_COPIES) + marks.count(COPY_CHOSEN);
    }
}
