@NullMarked
package io.holdfast.notifier;

import org.jspecify.annotations.NullMarked;
