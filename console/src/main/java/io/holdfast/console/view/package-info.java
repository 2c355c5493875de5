@NullMarked
package io.holdfast.console.view;

import org.jspecify.annotations.NullMarked;
