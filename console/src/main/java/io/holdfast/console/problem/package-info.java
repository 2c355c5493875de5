@NullMarked
package io.holdfast.console.problem;

import org.jspecify.annotations.NullMarked;
