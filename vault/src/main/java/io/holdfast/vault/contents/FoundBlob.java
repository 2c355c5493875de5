package io.holdfast.vault.contents;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import io.holdfast.vault.model.PackId;
import org.jspecify.annotations.Nullable;

/**
 * A blob in use.
 *
 * @param pack one that holds it; null where no index names any
 * @param path of the file or directory that needs it
 * @param parent the tree of the directory that holds the file; null where a tree was found
 */
public record FoundBlob(
        BlobKey blob,
        @Nullable PackId pack,
        String path,
        @Nullable BlobId parent) {}
