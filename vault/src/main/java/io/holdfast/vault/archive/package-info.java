/** Archives for a period, each a repository of its own: filled from a vault, kept for years, dropped whole. */
@NullMarked
package io.holdfast.vault.archive;

import org.jspecify.annotations.NullMarked;
