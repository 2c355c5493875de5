@NullMarked
package io.holdfast.embedded.regions;

import org.jspecify.annotations.NullMarked;
