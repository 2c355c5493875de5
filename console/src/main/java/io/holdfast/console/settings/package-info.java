@NullMarked
package io.holdfast.console.settings;

import org.jspecify.annotations.NullMarked;
