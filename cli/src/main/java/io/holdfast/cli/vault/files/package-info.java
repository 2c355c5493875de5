/** {@code holdfast vault backup} and {@code restore}: which files go into a snapshot, and how they come back. */
@NullMarked
package io.holdfast.cli.vault.files;

import org.jspecify.annotations.NullMarked;
