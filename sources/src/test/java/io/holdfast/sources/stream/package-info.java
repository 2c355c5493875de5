@NullMarked
package io.holdfast.sources.stream;

import org.jspecify.annotations.NullMarked;
