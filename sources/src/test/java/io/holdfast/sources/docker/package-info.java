@NullMarked
package io.holdfast.sources.docker;

import org.jspecify.annotations.NullMarked;
