/** Backups: what is on disk and in streams, read once, cut, compared with the parent snapshot, and committed last. */
@NullMarked
package io.holdfast.vault.backup;

import org.jspecify.annotations.NullMarked;
