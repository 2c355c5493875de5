/** Snapshot files: what one backup was, and where its tree begins. */
@NullMarked
package io.holdfast.vault.snapshot;

import org.jspecify.annotations.NullMarked;
