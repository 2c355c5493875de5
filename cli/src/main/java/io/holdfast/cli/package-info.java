/**
 * The {@code holdfast} command: its main class, the options that every verb takes, and which verbs there are.
 *
 * <p>Verbs lie in {@code vault}, {@code emergency} and {@code platform}, which do not know each other. They stand on
 * {@code repository}, {@code verb} and {@code terminal}, each of which knows only those after it.
 */
@NullMarked
package io.holdfast.cli;

import org.jspecify.annotations.NullMarked;
