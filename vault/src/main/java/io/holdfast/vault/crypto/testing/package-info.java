/** For tests only. */
@NullMarked
package io.holdfast.vault.crypto.testing;

import org.jspecify.annotations.NullMarked;
