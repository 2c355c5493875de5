@NullMarked
package io.holdfast.sources.chroma;

import org.jspecify.annotations.NullMarked;
