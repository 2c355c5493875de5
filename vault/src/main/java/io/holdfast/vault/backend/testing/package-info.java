@NullMarked
package io.holdfast.vault.backend.testing;

import org.jspecify.annotations.NullMarked;
