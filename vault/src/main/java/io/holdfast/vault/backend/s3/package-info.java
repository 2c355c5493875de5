@NullMarked
package io.holdfast.vault.backend.s3;

import org.jspecify.annotations.NullMarked;
