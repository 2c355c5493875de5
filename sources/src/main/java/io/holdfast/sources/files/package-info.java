/** Directories and files of the host. */
@NullMarked
package io.holdfast.sources.files;

import org.jspecify.annotations.NullMarked;
