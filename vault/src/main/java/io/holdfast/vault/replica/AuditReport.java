package io.holdfast.vault.replica;

import io.holdfast.vault.model.SnapshotId;
import java.util.List;

/**
 * What an audit found at a place.
 *
 * @param location the place
 * @param complete snapshots there that have everything they need, as far as was looked
 * @param packs packs that the index there names
 * @param packsRead packs whose contents were read and hashed
 * @param bytesRead their bytes
 * @param retained files whose retention was extended
 * @param findings what is missing or damaged, and which snapshots are not complete for it
 */
public record AuditReport(
        String location,
        List<SnapshotId> complete,
        int packs,
        int packsRead,
        long bytesRead,
        int retained,
        List<Finding> findings) {

    public AuditReport {
        complete = List.copyOf(complete);
        findings = List.copyOf(findings);
    }

    public boolean isSound() {
        return findings.isEmpty();
    }
}
