@NullMarked
package io.holdfast.sources.command;

import org.jspecify.annotations.NullMarked;
