/** What reading has in common for all sources: streams, and directories that change meanwhile. Knows none of them. */
@NullMarked
package io.holdfast.sources.stream;

import org.jspecify.annotations.NullMarked;
