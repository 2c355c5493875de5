package io.holdfast.vault.check;

import io.holdfast.vault.feedback.Problem;
import io.holdfast.vault.model.PackId;
import java.util.List;
import java.util.Set;

/**
 * What a check found.
 *
 * @param packs packs that the index names
 * @param blobs blobs that the index names
 * @param packsRead packs that were read whole
 * @param bytesRead bytes of those
 * @param problems damage: something that a snapshot may need is missing or wrong
 * @param damagedPacks packs that are missing or not what they should be: bring them back from another copy, or repair them
 * @param notes harmless things worth knowing, as packs that a broken-off backup left
 */
public record CheckReport(
        int snapshots,
        int packs,
        long blobs,
        int packsRead,
        long bytesRead,
        List<Problem> problems,
        Set<PackId> damagedPacks,
        List<String> notes) {

    public CheckReport {
        problems = List.copyOf(problems);
        damagedPacks = Set.copyOf(damagedPacks);
        notes = List.copyOf(notes);
    }

    public boolean isIntact() {
        return problems.isEmpty();
    }
}
