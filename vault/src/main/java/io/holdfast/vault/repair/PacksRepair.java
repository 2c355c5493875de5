package io.holdfast.vault.repair;

import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.rewrite.Removal;
import java.util.List;

/**
 * What the repair of packs came to.
 *
 * @param salvaged how many blobs were read from these packs and put into new ones
 * @param elsewhere how many could not be read from them, but from another pack
 * @param lost blobs that cannot be read any more
 * @param stayed files that the place did not let go
 */
public record PacksRepair(int salvaged, int elsewhere, List<BlobKey> lost, List<Removal.Stayed> stayed) {

    public PacksRepair {
        lost = List.copyOf(lost);
        stayed = List.copyOf(stayed);
    }
}
