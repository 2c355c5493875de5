/**
 * {@code holdfast vault}: verbs on a repository, with nothing running, by restic's names.
 *
 * <p>Here are the group itself and the verbs that make, show, check and copy. What brings files in and out lies in {@code
 * files}, what removes and mends in {@code maintenance}, and passwords in {@code key}.
 */
@NullMarked
package io.holdfast.cli.vault;

import org.jspecify.annotations.NullMarked;
