/** Which blob lies where: index files, the index in memory, and reading and writing blobs through it. */
@NullMarked
package io.holdfast.vault.index;

import org.jspecify.annotations.NullMarked;
