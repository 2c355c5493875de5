@NullMarked
package io.holdfast.console.api;

import org.jspecify.annotations.NullMarked;
