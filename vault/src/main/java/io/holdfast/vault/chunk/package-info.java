/** Cutting files into chunks where their content says so, at restic's own cut points. */
@NullMarked
package io.holdfast.vault.chunk;

import org.jspecify.annotations.NullMarked;
