/** Freeing the space of what no snapshot needs: planned without touching anything, then done in an order that is safe. */
@NullMarked
package io.holdfast.vault.prune;

import org.jspecify.annotations.NullMarked;
