/** Facts about a host at the time of the backup, as text. */
@NullMarked
package io.holdfast.sources.systeminformation;

import org.jspecify.annotations.NullMarked;
