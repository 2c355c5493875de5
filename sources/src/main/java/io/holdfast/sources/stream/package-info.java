/** What streams of sources have in common. Knows none of them. */
@NullMarked
package io.holdfast.sources.stream;

import org.jspecify.annotations.NullMarked;
