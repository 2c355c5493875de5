@NullMarked
package io.holdfast.sources.engine;

import org.jspecify.annotations.NullMarked;
