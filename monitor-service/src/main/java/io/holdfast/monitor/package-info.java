@NullMarked
package io.holdfast.monitor;

import org.jspecify.annotations.NullMarked;
