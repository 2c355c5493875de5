/** Reads tar streams, and takes nothing in them on trust. */
@NullMarked
package io.holdfast.vault.tar;

import org.jspecify.annotations.NullMarked;
