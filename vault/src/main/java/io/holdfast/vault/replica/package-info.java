/** The copies of a repository: brought up to date, audited, repaired from one another. */
@NullMarked
package io.holdfast.vault.replica;

import org.jspecify.annotations.NullMarked;
