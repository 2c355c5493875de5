/**
 * Commands, on the host or in a container, whose output can be relied on: what a command printed counts only if it ended
 * with 0, in time, and was read to its end. Knows nothing of backups.
 */
@NullMarked
package io.holdfast.sources.process;

import org.jspecify.annotations.NullMarked;
