/** Verbs that remove what is not needed any more, and mend what is damaged: forget, prune, unlock, repair. */
@NullMarked
package io.holdfast.cli.vault.maintenance;

import org.jspecify.annotations.NullMarked;
