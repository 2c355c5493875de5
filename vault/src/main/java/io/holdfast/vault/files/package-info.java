/** The file system of this machine: raw names, metadata, the calls the JDK lacks, and name patterns. */
@NullMarked
package io.holdfast.vault.files;

import org.jspecify.annotations.NullMarked;
