/** Lock files, by which processes keep out of each other's way (restic format, "Locks"). */
@NullMarked
package io.holdfast.vault.lock;

import org.jspecify.annotations.NullMarked;
