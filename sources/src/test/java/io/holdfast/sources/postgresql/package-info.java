@NullMarked
package io.holdfast.sources.postgresql;

import org.jspecify.annotations.NullMarked;
