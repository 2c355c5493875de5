@NullMarked
package io.holdfast.sources.systeminformation;

import org.jspecify.annotations.NullMarked;
