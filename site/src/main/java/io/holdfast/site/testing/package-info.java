@NullMarked
package io.holdfast.site.testing;

import org.jspecify.annotations.NullMarked;
