package io.holdfast.vault;

import io.holdfast.vault.model.SnapshotId;

/**
 * One directory of a snapshot within an archive.
 *
 * @param path inside the snapshot
 * @param name the directory inside the archive that holds it; empty if it is the archive's own top
 */
public record ArchivePart(SnapshotId snapshot, String path, String name) {

    String prefix() {
        return name.isEmpty() ? "" : name + "/";
    }
}
