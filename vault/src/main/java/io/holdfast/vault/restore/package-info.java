/** Restores: a subtree of a snapshot brought back to disk, each file whole and verified under its name, or not at all. */
@NullMarked
package io.holdfast.vault.restore;

import org.jspecify.annotations.NullMarked;
