@NullMarked
package io.holdfast.console.security;

import org.jspecify.annotations.NullMarked;
