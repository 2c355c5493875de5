/** Tree blobs: directories as the format spells them, byte for byte. */
@NullMarked
package io.holdfast.vault.tree;

import org.jspecify.annotations.NullMarked;
