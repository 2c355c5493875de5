/** JSON as restic spells it: the spelling decides hashes, so it is kept byte for byte. */
@NullMarked
package io.holdfast.vault.json;

import org.jspecify.annotations.NullMarked;
