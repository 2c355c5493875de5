package io.holdfast.vault.replica;

import io.holdfast.vault.backend.Handle;
import java.util.List;

/**
 * What a repair did.
 *
 * @param fetched files brought back byte for byte, in place of a damaged or missing one of the same name
 * @param packsSent packs of other names that were sent because they hold what the place lacked
 * @param dropped damaged packs that nothing needs any more and that were deleted
 * @param bytes bytes brought
 * @param remaining what is still missing or damaged, and which snapshots are not complete for it: another copy may have it
 */
public record RepairReport(
        List<Handle> fetched, long packsSent, List<Handle> dropped, long bytes, List<Finding> remaining) {

    public RepairReport {
        fetched = List.copyOf(fetched);
        dropped = List.copyOf(dropped);
        remaining = List.copyOf(remaining);
    }

    public boolean isComplete() {
        return remaining.isEmpty();
    }
}
