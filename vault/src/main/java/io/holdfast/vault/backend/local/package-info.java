@NullMarked
package io.holdfast.vault.backend.local;

import org.jspecify.annotations.NullMarked;
