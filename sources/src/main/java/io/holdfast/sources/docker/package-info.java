/** Data in volumes and containers of a Docker engine: read from where they lie, and put back there. */
@NullMarked
package io.holdfast.sources.docker;

import org.jspecify.annotations.NullMarked;
