@NullMarked
package io.holdfast.sources.component;

import org.jspecify.annotations.NullMarked;
