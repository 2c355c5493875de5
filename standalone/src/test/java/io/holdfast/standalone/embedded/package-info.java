@NullMarked
package io.holdfast.standalone.embedded;

import org.jspecify.annotations.NullMarked;
