@NullMarked
package io.holdfast.plan;

import org.jspecify.annotations.NullMarked;
