@NullMarked
package io.holdfast.site;

import org.jspecify.annotations.NullMarked;
