/** Keys, sealing and opening, compression, and the sealed files that carry their hash as name. */
@NullMarked
package io.holdfast.vault.crypto;

import org.jspecify.annotations.NullMarked;
