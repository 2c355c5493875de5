/** Everything that can still be read, into a vault of its own. */
@NullMarked
package io.holdfast.sources.emergency;

import org.jspecify.annotations.NullMarked;
