package io.holdfast.vault.repair;

import io.holdfast.vault.model.PackId;
import io.holdfast.vault.rewrite.Removal;
import java.util.List;

/**
 * What the repair of an index came to.
 *
 * @param added packs that were in no index file, or not as they are, and are now
 * @param dropped packs that the index named and that do not exist
 * @param damaged packs that do not say what is in them; what the index knew about them it still says
 * @param unreadable index files that were replaced because they could not be read
 * @param stayed files that the place did not let go
 */
public record IndexRepair(
        List<PackId> added,
        List<PackId> dropped,
        List<PackId> damaged,
        List<String> unreadable,
        List<Removal.Stayed> stayed) {

    public IndexRepair {
        added = List.copyOf(added);
        dropped = List.copyOf(dropped);
        damaged = List.copyOf(damaged);
        unreadable = List.copyOf(unreadable);
        stayed = List.copyOf(stayed);
    }
}
