/** Mending a repository: what is readable is kept, from whatever copy; only what proves unreadable is given up. */
@NullMarked
package io.holdfast.vault.repair;

import org.jspecify.annotations.NullMarked;
