/** Redis servers: saved while they are awake, read where their data lie, and put back with the right file winning. */
@NullMarked
package io.holdfast.sources.redis;

import org.jspecify.annotations.NullMarked;
