/** Pack files: many sealed blobs with a sealed header at the end. */
@NullMarked
package io.holdfast.vault.pack;

import org.jspecify.annotations.NullMarked;
