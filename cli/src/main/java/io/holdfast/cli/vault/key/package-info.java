/** {@code holdfast vault key}: the passwords that open a repository. */
@NullMarked
package io.holdfast.cli.vault.key;

import org.jspecify.annotations.NullMarked;
