@NullMarked
package io.holdfast.standalone.broker;

import org.jspecify.annotations.NullMarked;
