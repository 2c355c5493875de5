/** Names for content. No input or output. */
@NullMarked
package io.holdfast.vault.model;

import org.jspecify.annotations.NullMarked;
