@NullMarked
package io.holdfast.restore;

import org.jspecify.annotations.NullMarked;
