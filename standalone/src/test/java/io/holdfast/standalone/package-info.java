@NullMarked
package io.holdfast.standalone;

import org.jspecify.annotations.NullMarked;
