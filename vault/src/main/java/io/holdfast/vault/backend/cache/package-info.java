@NullMarked
package io.holdfast.vault.backend.cache;

import org.jspecify.annotations.NullMarked;
