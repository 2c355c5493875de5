@NullMarked
package io.holdfast.standalone.regions;

import org.jspecify.annotations.NullMarked;
