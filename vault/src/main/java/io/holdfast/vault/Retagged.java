package io.holdfast.vault;

import io.holdfast.vault.model.SnapshotId;
import io.holdfast.vault.snapshot.Snapshot;

/**
 * A snapshot whose tags were changed.
 *
 * @param before the id it had; its file is gone, unless the place keeps it from deletion
 * @param after the same snapshot, under the id it has now
 */
public record Retagged(SnapshotId before, Snapshot after) {}
