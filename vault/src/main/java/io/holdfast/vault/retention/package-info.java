/** Which snapshots to keep and which to let go: decided without touching a repository. */
@NullMarked
package io.holdfast.vault.retention;

import org.jspecify.annotations.NullMarked;
