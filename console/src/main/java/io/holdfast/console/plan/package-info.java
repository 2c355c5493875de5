@NullMarked
package io.holdfast.console.plan;

import org.jspecify.annotations.NullMarked;
