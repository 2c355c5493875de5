/** Snapshots of one repository brought into another, with another key. */
@NullMarked
package io.holdfast.vault.copy;

import org.jspecify.annotations.NullMarked;
