@NullMarked
package io.holdfast.console;

import org.jspecify.annotations.NullMarked;
