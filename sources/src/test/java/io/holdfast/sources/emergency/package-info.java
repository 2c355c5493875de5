@NullMarked
package io.holdfast.sources.emergency;

import org.jspecify.annotations.NullMarked;
