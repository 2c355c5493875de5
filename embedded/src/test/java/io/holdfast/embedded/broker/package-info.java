@NullMarked
package io.holdfast.embedded.broker;

import org.jspecify.annotations.NullMarked;
