/** An opened repository: its config, its key, and readers and writers for what it holds. */
@NullMarked
package io.holdfast.vault.repository;

import org.jspecify.annotations.NullMarked;
