package io.holdfast.vault.contents;

import io.holdfast.vault.model.SnapshotId;

/**
 * One directory of a snapshot within an archive.
 *
 * @param path inside the snapshot
 * @param name the path inside the archive of what holds it, without a slash at either end; empty for the archive's top
 */
public record ArchivePart(SnapshotId snapshot, String path, String name) {}
