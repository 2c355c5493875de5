/** Putting blobs into new packs and packs into new index files: what prune, repair and copy share. */
@NullMarked
package io.holdfast.vault.rewrite;

import org.jspecify.annotations.NullMarked;
