/** Small files of a site's state directory that survive a crash. */
@NullMarked
package io.holdfast.sources.durable;

import org.jspecify.annotations.NullMarked;
