package io.holdfast.vault.contents;

import io.holdfast.vault.model.BlobId;
import io.holdfast.vault.model.BlobKey;
import org.jspecify.annotations.Nullable;

/**
 * A blob in use.
 *
 * @param path of the file or directory that needs it
 * @param parent the tree of the directory that holds the file; null where a tree was found
 */
public record FoundBlob(BlobKey blob, String path, @Nullable BlobId parent) {}
