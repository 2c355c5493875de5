/** Whether what is stored is still what was written: of a whole repository, or of all that one snapshot needs. */
@NullMarked
package io.holdfast.vault.check;

import org.jspecify.annotations.NullMarked;
