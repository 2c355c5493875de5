package io.holdfast.vault;

import java.util.List;

/**
 * What a check found.
 *
 * @param packs packs that the index names
 * @param blobs blobs that the index names
 * @param bytesRead bytes of packs read; 0 unless data was read
 * @param problems damage: something that a snapshot may need is missing or wrong
 * @param notes harmless things worth knowing, as packs that a broken-off backup left
 */
public record CheckReport(
        int snapshots, int packs, long blobs, long bytesRead, List<Problem> problems, List<String> notes) {

    public CheckReport {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    public boolean isIntact() {
        return problems.isEmpty();
    }
}
