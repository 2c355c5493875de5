@NullMarked
package io.holdfast.sources.process;

import org.jspecify.annotations.NullMarked;
