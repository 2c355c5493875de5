@NullMarked
package io.holdfast.vault.backend;

import org.jspecify.annotations.NullMarked;
