/** Calls of functions that are not written in Java. */
@NullMarked
package io.holdfast.vault.foreign;

import org.jspecify.annotations.NullMarked;
