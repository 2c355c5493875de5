@NullMarked
package io.holdfast.sources.redis;

import org.jspecify.annotations.NullMarked;
